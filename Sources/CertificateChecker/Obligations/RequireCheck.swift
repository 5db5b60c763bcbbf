import Certificates
import NetworkModel
import PacketSpace

/// Whether every pair is surely answered, from every source port that its client may take, or a pair surely lacks an answer.
struct RequireCheck: DirectedCheck {
  let ground: CheckGround
  let names: Names
  let ends: AskedEnds
  let wanted: TrafficSet?
  let isPath: Bool

  /// What clients take for outgoing connections: Linux by default, and load balancers and translation.
  static let ordinary = PortRange(lower: 32768, upper: 60999)
  static let wide = PortRange(lower: 1024, upper: 65535)

  /// The headers of a range of source ports, so that the ends of the range are told apart too.
  static func traffic(from range: PortRange) -> TrafficSet {
    [IPProtocol.tcp, .udp, .sctp].reduce(TrafficSet.any) {
      $0.subtracting(TrafficSet($1, source: PortSet(range).complement))
    }
  }

  private var network: Network { ground.whole.network }

  /// That none is asked makes a property vacuous that speaks of each.
  var hasPairs: Bool {
    ends.sources.contains { source in
      ends.targets.contains {
        AskedEnds.areAsked(source.place, $0.place, network) && !ground.terrains(source.place, $0.place).isEmpty
      }
    }
  }

  func faults(_ proof: Certificate.ClosedSet) -> Faults {
    var faults = ends.faults(pairByPair: proof, of: "answers", names)
    if isPath {
      faults.addUnclear("answers along paths are not checked again yet")
      return faults
    }
    for source in ends.sources {
      for target in ends.targets where AskedEnds.areAsked(source.place, target.place, network) {
        for terrain in ground.terrains(source.place, target.place) {
          for header in asked(source.place, target.place, needed(target.place)) {
            if isSurelyAnswered(terrain, source.place, target.place, header) { continue }
            faults.add(
              "\(names.name(source.place)) does not surely get an answer from \(names.name(target.place)) on \(header)")
            break
          }
        }
      }
    }
    return faults
  }

  func faults(_ violation: Certificate.Violation) -> Faults {
    var faults = Faults()
    if isPath {
      faults.addUnclear("answers along paths are not checked again yet")
      return faults
    }
    guard let from = names.keys.endpoints[violation.source], let to = names.keys.endpoints[violation.target],
      let missing = violation.missing, violation.legs.isEmpty
    else {
      faults.addUnclear("a pair that is not of two endpoints is not checked again yet")
      return faults
    }
    let (source, target) = (Sender.endpoint(from, within: nil), Receiver.endpoint(to))
    guard ends.sources.contains(.init(place: source, isSure: true)),
      ends.targets.contains(.init(place: target, isSure: true)), AskedEnds.areAsked(source, target, network),
      !ground.terrains(source, target).isEmpty
    else {
      faults.add("\(violation.source) and \(violation.target) are no pair that the property surely asks about")
      return faults
    }
    let needed = needed(target)
    if missing.isEmpty || !needed.contains(missing) {
      faults.add("\(missing) is not what the property asks for, \(needed)")
    }
    // Of each destination some source port of the client's has to lack an answer.
    var lacking: [TrafficPoint: Bool] = [:]
    for header in asked(source, target, missing) {
      let kind = header.protocol.hasPorts ? .ports(header.protocol, from: 0, to: header.destinationPort) : header
      if lacking[kind] == true { continue }
      let answers = ground.terrains(source, target).contains { terrain in
        terrain.arrival(from: source, at: target, TrafficSet(header), answered: true) != nil
      }
      lacking[kind] = !answers
    }
    if lacking.isEmpty { faults.add("no client sends \(missing)") }
    if let answered = lacking.filter({ !$0.value }).keys.min(by: { $0.description < $1.description }) {
      faults.add("\(violation.source) may get an answer from \(violation.target) on \(answered)")
    }
    return faults
  }

  private func needed(_ target: Receiver) -> TrafficSet {
    wanted ?? target.endpoint.flatMap { network[$0].accepts } ?? .any
  }

  /// One header of each run of what is asked, from the ports that the client may take.
  private func asked(_ source: Sender, _ target: Receiver, _ set: TrafficSet) -> [TrafficPoint] {
    let saysPorts = needed(target).forgettingSourcePorts != needed(target)
    let within = saysPorts ? set : set.intersection(Self.traffic(from: clientPorts(source)))
    return ground.whole.boundaries.answerableHeaders(in: within)
  }

  private func clientPorts(_ source: Sender) -> PortRange {
    guard let end = source.endpoint else { return Self.ordinary }
    let isRelay = network.relays.contains { $0.interfaces.contains(end) }
    return isRelay || ["alb", "nlb", "elb", "gwlb", "nat-gateway"].contains(network[end].kind)
      ? Self.wide : Self.ordinary
  }

  private func isSurelyAnswered(
    _ terrain: Terrain, _ source: Sender, _ target: Receiver, _ header: TrafficPoint
  ) -> Bool {
    var headers = [header]
    if let end = target.endpoint {
      headers += terrain.boundaries.answerableHeaders(in: terrain.kept.traffic(to: end)).filter {
        $0 != header && $0.sourcePort == header.sourcePort
      }
    }
    return terrain.surelyArrives(
      from: source, at: target, TrafficSet(header), sending: headers, answered: true)
  }
}
