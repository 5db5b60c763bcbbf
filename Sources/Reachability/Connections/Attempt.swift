package import NetworkModel

/// One way that is tried for a question, with concrete addresses, whether anything passes or not.
package struct Attempt: Sendable {
  package var origin: Origin
  package var source: PacketAddress
  package var destination: PacketAddress
  package var asked: Asked
  package var askedPlacement: Int?
  package var target: EndpointID?
}

extension Engine {
  /// The ways that a question tries, in a stable order: for explanations of what blocks.
  package func attempts(_ source: Source, _ destination: Destination) -> [Attempt] {
    var collector = Collector(engine: self, wants: .attempts)
    collector.collect(source, destination)
    return collector.attempts
  }
}
