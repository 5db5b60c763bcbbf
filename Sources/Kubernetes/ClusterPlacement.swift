package import NetworkModel
package import PacketSpace

/// Where the pods of a cluster stand in a cloud's network. Whoever joins the two fills it.
package struct ClusterPlacement: Sendable {
  /// Machines that are alike to the scheduler.
  package struct NodeGroup: Sendable {
    package var name: String
    package var labels: [String: String]
    package var taints: [Taint]
    /// One for each subnet in which its nodes may be.
    package var sites: [Site]

    package init(name: String, labels: [String: String] = [:], taints: [Taint] = [], sites: [Site]) {
      self.name = name
      self.labels = labels
      self.taints = taints
      self.sites = sites
    }
  }

  /// How a pod stands on a node of a group in one subnet.
  package struct Site: Sendable {
    package var segment: SegmentID
    /// The interface layers and memberships that a pod has by its node's interface.
    package var layers: [LayerID]
    package var memberships: [MembershipID: Truth]
    /// Where the pod's address lies, one set for each family it has.
    package var addressSpaces: [AddressSet]
    package var front: Front?
    /// The node itself, for pods in its network.
    package var node: EndpointID?
    package var derivation: Derivation

    package init(
      segment: SegmentID, layers: [LayerID] = [], memberships: [MembershipID: Truth] = [:],
      addressSpaces: [AddressSet], front: Front? = nil, node: EndpointID? = nil, derivation: Derivation = .none
    ) {
      self.segment = segment
      self.layers = layers
      self.memberships = memberships
      self.addressSpaces = addressSpaces
      self.front = front
      self.node = node
      self.derivation = derivation
    }
  }

  package var nodeGroups: [NodeGroup]
  /// The prefixes of the network in which pods are reached without their node.
  package var networkPrefixes: [IPPrefix]
  /// Where a controller may put the load balancers of the cluster's Services.
  package var subnets: [SegmentID]
  /// The network's way to the internet, where public addresses are given.
  package var internet: AttachmentID?

  package init(
    nodeGroups: [NodeGroup], networkPrefixes: [IPPrefix] = [], subnets: [SegmentID] = [], internet: AttachmentID? = nil
  ) {
    self.nodeGroups = nodeGroups
    self.networkPrefixes = networkPrefixes
    self.subnets = subnets
    self.internet = internet
  }
}
