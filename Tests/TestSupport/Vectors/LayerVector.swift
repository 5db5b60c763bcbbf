package import NetworkModel
package import PacketSpace

/// One file of the layer vectors: a small model of layers with unknowns, packets and questions about selectors.
package struct LayerVector: Sendable {
  /// An endpoint in whatever placement, or an address that no endpoint bears.
  package enum End: Sendable {
    case endpoint(EndpointID)
    case address(IPAddress)
  }

  /// What a tool answers must lie between what is true and what plain evaluation decides.
  package struct Expected: Sendable {
    package var may: Bool
    package var must: Bool
    /// `false`: never; `true`: always; `nil`: in some completions.
    package var truth: Bool?

    /// What is wrong with an answer, or `nil`.
    package func fault(may: Bool, must: Bool) -> String? {
      if truth != false, !may { return "may is false, and it is so in some completion" }
      if may, !self.may { return "may is true, and plain evaluation decides that it is not so" }
      if self.must, !must { return "must is false, and plain evaluation decides that it is so" }
      if must, truth != true { return "must is true, and it is not so in some completion" }
      return nil
    }
  }

  package struct Question: Sendable {
    package var source: End
    package var destination: End
    package var traffic: TrafficPoint
    package var expected: Expected
    /// Outcomes of the one layer that the packet meets, where it is one.
    package var outcomes: Set<Layer.Default>?
  }

  package struct Selection: Sendable {
    package var endpoint: EndpointID
    package var membership: MembershipID
    package var isComplement: Bool
    package var expected: Expected
  }

  package var title: String
  package var network: Network
  package var questions: [Question]
  package var selections: [Selection]
}
