import NetworkModel
import PacketSpace
import Reachability
import ReferenceInterpreter

extension Evaluator {
  /// How many pairs are asked what blocks them, and how many walks of each: a cut is for people to read.
  private static let mostPairs = 24
  private static let mostWalks = 6
  /// How many values of what is unknown are tried of each walk.
  private static let mostCompletions = 8

  /// A pair of which nothing that matters arrives.
  struct BlockedPair {
    var source: SourceEnd
    var target: TargetEnd
    var wanted: TrafficSet
  }

  /// The blocked pairs, one of each kind: those that are alike are blocked by the same things.
  struct BlockedPairs {
    private(set) var pairs: [BlockedPair] = []
    /// How many kinds there are; more than are kept.
    private(set) var kinds = 0
    private var seen: Set<UInt64> = []

    var isEmpty: Bool { kinds == 0 }

    /// Adds a pair unless one like it is there; `nil` is a kind of its own.
    mutating func add(_ kind: UInt64?, _ pair: @autoclosure () -> BlockedPair) {
      if let kind, !seen.insert(kind).inserted { return }
      kinds += 1
      if kinds <= Evaluator.mostPairs { pairs.append(pair()) }
    }

    mutating func add(_ other: BlockedPairs) {
      pairs += other.pairs.prefix(max(0, Evaluator.mostPairs - pairs.count))
      kinds += other.kinds
    }
  }

  /// What tells kinds of pairs of endpoints apart.
  func kind(_ source: SourceEnd, _ target: TargetEnd) -> UInt64? {
    guard let from = source.endpoint, let to = target.endpoint else { return nil }
    return UInt64(engine.classes.number(of: from)) << 32 | UInt64(engine.classes.number(of: to))
  }

  /// The things that keep apart what nearly connects: of each pair the walk that the fewest things stop, and of all pairs those that are
  /// nearest. One member alone is a single point of protection.
  func cut(_ blocked: BlockedPairs) -> (members: [CutMember], note: String?) {
    let nearest = blocked.pairs.compactMap { nearestWalk($0) }
    let least = nearest.map(\.count).min() ?? 0
    var counts: [CutMember: Int] = [:]
    var order: [CutMember] = []
    for blockers in nearest where blockers.count == least {
      for blocker in blockers {
        let member = member(blocker)
        if counts[member] == nil { order.append(member) }
        counts[member, default: 0] += 1
      }
    }
    let members = order.enumerated().sorted {
      (counts[$1.element, default: 0], $0.offset) < (counts[$0.element, default: 0], $1.offset)
    }.map(\.element)
    let note =
      blocked.kinds > blocked.pairs.count
      ? "the cut is of \(blocked.pairs.count) of \(blocked.kinds) kinds of pairs" : nil
    return (members, note)
  }

  private func nearestWalk(_ pair: BlockedPair) -> [Blocker]? {
    guard let point = Self.familiar(heard(pair.wanted, pair.target)) else { return nil }
    var best: [Blocker]?
    var interpreter = interpreter
    interpreter.limit = Self.mostCompletions
    for attempt in engine.attempts(pair.source.source, pair.target.destination).prefix(Self.mostWalks) {
      let outcome = interpreter.judge(
        WalkQuestion(
          origin: attempt.origin,
          packet: Packet(source: attempt.source, destination: attempt.destination, traffic: point),
          asked: attempt.asked, target: attempt.target, askedPlacement: attempt.askedPlacement, isRequestOnly: true))
      let blockers = outcome.blockers.filter { $0.half == .request }
      if blockers.isEmpty { continue }
      // Nothing is nearer than one thing.
      if distance(blockers) == 1 { return blockers }
      if distance(blockers) < best.map({ distance($0) }) ?? .max { best = blockers }
    }
    return best
  }

  /// That nobody owns an address says little where another address of the same target is owned.
  private func distance(_ blockers: [Blocker]) -> Int {
    blockers.count + (blockers.contains { $0.reason == .nobodyOwns } ? 1000 : 0)
  }

  /// A filter is one thing wherever it stands.
  private func member(_ blocker: Blocker) -> CutMember {
    func named(_ filter: FilterID) -> CutMember {
      CutMember(
        title: "\(network[filter].kind) \(network[filter].identity.name)", derivation: network[filter].derivation)
    }
    switch blocker.reason {
    case .boundary(_, let filter), .admission(_, let filter): return named(filter)
    case .layer(_, let layer, let filters):
      guard let first = filters.first else {
        return CutMember(title: network[layer].identity.name, derivation: .none)
      }
      var member = named(first)
      for filter in filters.dropFirst() { member.title += ", \(network[filter].identity.name)" }
      return member
    default:
      let explained = explainer.explain(blocker)
      return CutMember(title: "\(explained.title): \(explained.detail)", derivation: explained.derivation)
    }
  }
}
