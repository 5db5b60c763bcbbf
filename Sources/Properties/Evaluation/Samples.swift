import NetworkModel
import PacketSpace

extension Evaluator {
  /// One header of a set: of a usual client and to a port that people know, where the set has one.
  static func familiar(_ set: TrafficSet) -> TrafficPoint? {
    for port: UInt16 in [443, 80, 22, 5432, 3306, 3389, 6379] {
      let point = TrafficPoint.ports(.tcp, from: 50000, to: port)
      if set.contains(point) { return point }
    }
    return set.intersection(Clients.traffic(from: Clients.ordinary)).sample ?? set.sample
  }

  /// The part of a set that a target listens on, if it does on any of it: to say that it does not listen on the rest explains nothing.
  func heard(_ set: TrafficSet, _ target: TargetEnd) -> TrafficSet {
    guard let accepts = target.endpoint.flatMap({ network[$0].accepts }) else { return set }
    let part = set.intersection(accepts)
    return part.isEmpty ? set : part
  }
}
