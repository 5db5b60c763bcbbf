import Certificates
import NetworkModel
import PacketSpace

/// Whether everything that may arrive is encrypted well enough, or a packet surely arrives that surely is not.
struct EncryptionCheck: DirectedCheck {
  let ground: CheckGround
  let names: Names
  let ends: AskedEnds
  let wanted: TrafficSet
  let entering: TrafficSet?
  let isPath: Bool
  let minimum: TLSVersion?

  /// TCP and UDP are judged, by what listeners declare; ICMP and other protocols are left out.
  private static let judged = TrafficSet(.tcp).union(TrafficSet(.udp))

  private var network: Network { ground.whole.network }
  private var grading: EncryptionGrading { EncryptionGrading(network: network, minimum: minimum) }

  /// What is wrong with the proof: a packet that may arrive, and is not encrypted for sure.
  func faults(_ proof: Certificate.ClosedSet) -> Faults {
    var faults = ends.faults(pairByPair: proof, of: "encryption", names)
    if isPath {
      faults.addUnclear("encryption along paths is not checked again yet")
      return faults
    }
    for source in ends.sources {
      for target in ends.targets where AskedEnds.areAsked(source.place, target.place, network) {
        for terrain in ground.terrains(source.place, target.place) {
          let found = terrain.arrival(
            from: source.place, at: target.place, wanted.intersection(Self.judged), sent: entering
          ) { grading.grade(from: source.place, at: target.place, $0) != .enough }
          guard let found else { continue }
          let way = "\(names.name(source.place)) to \(names.name(target.place)) (\(names.text(found)))"
          if found.isUnclear {
            faults.addUnclear("too many cases to try them all: \(way)")
          } else {
            faults.add("a packet may get from \(way), and is not surely encrypted well enough")
          }
        }
      }
    }
    return faults
  }

  /// What is wrong with a witness against it.
  func faults(_ violation: Certificate.Violation) -> Faults {
    let check = WitnessCheck(
      ground: ground, names: names, ends: ends, wanted: wanted.intersection(Self.judged),
      entering: entering, isPath: isPath, leavesOutInternet: false)
    var (faults, legs) = check.faults(violation)
    guard faults.outcome == .confirmed, let last = legs.last else { return faults }
    var grade = EncryptionGrade.enough
    let turns = violation.legs.compactMap(\.relay).compactMap { turn in
      names.keys.relays[turn.relay].map { (listener: network[$0].listeners[turn.listener], number: turn.target) }
    }
    for turn in turns where turn.listener.encryption != .passthrough {
      grade = grade.worse(grading.grade(turn.listener.encryption))
    }
    for turn in turns.dropLast() {
      let encryption = turn.listener.targets[turn.number].encryption
      if encryption != .unstated, encryption != .passthrough { grade = grade.worse(grading.grade(encryption)) }
    }
    var worst = EncryptionGrade.enough
    for header in last.arrivals {
      worst = worst.worse(
        turns.last.map { grading.grade(by: $0.listener.targets[$0.number], at: last.receiver, header) }
          ?? grading.grade(from: last.sender, at: last.receiver, header))
    }
    if grade.worse(worst) != .lacking { faults.add("what the packet goes over is not surely encrypted too little") }
    return faults
  }
}
