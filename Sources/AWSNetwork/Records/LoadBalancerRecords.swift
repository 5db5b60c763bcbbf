package import NetworkModel
package import PacketSpace

package struct LoadBalancerRecord: Sendable {
  package var header: ResourceHeader
  /// `application` or `network`.
  package var type: Attribute<String>
  package var isInternetFacing: Attribute<Bool>
  package var subnets: [Attribute<Reference>]
  package var groups: [Attribute<Reference>]
  /// Whether it was given groups at all: a network load balancer without any filters nothing.
  package var hasGroups: Bool
  /// Fixed addresses by subnet.
  package var fixedAddresses: [String: Attribute<IPAddress>]
  package var crossZone: Attribute<Bool>
  /// The part of an ARN by which interfaces name it: `app/name/id`.
  package var suffix: String?
  /// The firewall in front of it; absent: none is seen.
  package var webACL: Attribute<Reference>
  /// Whether it has IPv6 addresses too.
  package var hasIPv6: Bool

  package init(
    header: ResourceHeader, type: Attribute<String>, isInternetFacing: Attribute<Bool>,
    subnets: [Attribute<Reference>], groups: [Attribute<Reference>], hasGroups: Bool,
    fixedAddresses: [String: Attribute<IPAddress>] = [:], crossZone: Attribute<Bool> = .absent, suffix: String? = nil,
    webACL: Attribute<Reference> = .absent, hasIPv6: Bool = false
  ) {
    self.header = header
    self.type = type
    self.isInternetFacing = isInternetFacing
    self.subnets = subnets
    self.groups = groups
    self.hasGroups = hasGroups
    self.fixedAddresses = fixedAddresses
    self.crossZone = crossZone
    self.suffix = suffix
    self.webACL = webACL
    self.hasIPv6 = hasIPv6
  }
}

package struct ListenerRecord: Sendable {
  /// What a listener or one of its rules does with what it accepts.
  package enum Action: Sendable {
    case forward([Attribute<Reference>])
    /// The protocol that clients are redirected to, where it is known.
    case redirect(protocol: String?)
    case other(String)
  }

  package var header: ResourceHeader
  package var loadBalancer: Attribute<Reference>
  package var port: Attribute<Int>
  package var `protocol`: Attribute<String>
  package var policy: Attribute<String>
  package var actions: [Action]
  /// Actions of the rules besides the default; rules have records of their own in most inputs.
  package var ruleActions: [Action]

  package init(
    header: ResourceHeader, loadBalancer: Attribute<Reference>, port: Attribute<Int>, protocol: Attribute<String>,
    policy: Attribute<String> = .absent, actions: [Action], ruleActions: [Action] = []
  ) {
    self.header = header
    self.loadBalancer = loadBalancer
    self.port = port
    self.protocol = `protocol`
    self.policy = policy
    self.actions = actions
    self.ruleActions = ruleActions
  }
}

package struct ListenerRuleRecord: Sendable {
  package var header: ResourceHeader
  package var listener: Attribute<Reference>
  package var actions: [ListenerRecord.Action]

  package init(header: ResourceHeader, listener: Attribute<Reference>, actions: [ListenerRecord.Action]) {
    self.header = header
    self.listener = listener
    self.actions = actions
  }
}

package struct TargetGroupRecord: Sendable {
  package struct Registration: Sendable {
    package enum Target: Sendable {
      case resource(Reference)
      case address(IPAddress)
    }
    package var target: Attribute<Target>
    package var port: Attribute<Int>
    package var derivation: Derivation

    package init(target: Attribute<Target>, port: Attribute<Int>, derivation: Derivation) {
      self.target = target
      self.port = port
      self.derivation = derivation
    }
  }

  package var header: ResourceHeader
  package var vpc: Attribute<Reference>
  /// `instance`, `ip`, `lambda` or `alb`.
  package var targetType: Attribute<String>
  package var `protocol`: Attribute<String>
  package var port: Attribute<Int>
  package var keepsClient: Attribute<Bool>
  /// Whether targets of every zone are reached; absent: as its load balancer says.
  package var crossZone: Attribute<Bool>
  package var targets: [Registration]
  /// The balancers that send to it, as far as it says them itself.
  package var balancers: [Attribute<Reference>]

  package init(
    header: ResourceHeader, vpc: Attribute<Reference>, targetType: Attribute<String>, protocol: Attribute<String>,
    port: Attribute<Int>, keepsClient: Attribute<Bool> = .absent, crossZone: Attribute<Bool> = .absent,
    targets: [Registration] = [], balancers: [Attribute<Reference>] = []
  ) {
    self.header = header
    self.vpc = vpc
    self.targetType = targetType
    self.protocol = `protocol`
    self.port = port
    self.keepsClient = keepsClient
    self.crossZone = crossZone
    self.targets = targets
    self.balancers = balancers
  }
}

/// A web application firewall put in front of a load balancer.
package struct WebACLAssociationRecord: Sendable {
  package var header: ResourceHeader
  package var resource: Attribute<Reference>
  package var webACL: Attribute<Reference>

  package init(header: ResourceHeader, resource: Attribute<Reference>, webACL: Attribute<Reference>) {
    self.header = header
    self.resource = resource
    self.webACL = webACL
  }
}
