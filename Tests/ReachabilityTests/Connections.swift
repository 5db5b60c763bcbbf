import NetworkModel
import PacketSpace
import Reachability
import TestSupport

extension Sketch {
  /// The engine over what is sketched.
  var engine: Engine {
    var sealed = network
    sealed.seal()
    return Engine(sealed)
  }

  func connection(_ source: EndpointID, _ destination: EndpointID) -> Connection {
    engine.connection(.endpoint(source), .endpoint(destination))
  }

  static func set(_ prefixes: String...) -> AddressSet { AddressSet(prefixes.map(prefix)) }

  /// A rule that allows some traffic from or to addresses, or from or to everyone.
  static func allow(_ block: String? = nil, _ traffic: TrafficSet = .any, present: Truth = .yes) -> Rule {
    Rule(
      .allow, present: present, peers: block.map { [Peer(addresses: AddressSet(prefix($0)))] },
      traffic: RuleTraffic(traffic))
  }
}

extension Bounds<TrafficSet> {
  static func sure(_ traffic: TrafficSet) -> Self { Bounds(may: traffic, must: traffic) }
  static func perhaps(_ traffic: TrafficSet) -> Self { Bounds(may: traffic, must: .none) }
}
