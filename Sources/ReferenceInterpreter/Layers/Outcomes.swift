import NetworkModel

/// What a filter, a tier or a layer may come to, each outcome with what gave it (layers, section 5).
struct Outcomes {
  enum Outcome { case allow, deny, next, miss, gone }

  /// What gave an outcome.
  enum Cause: Equatable {
    case rule(FilterID, index: Int)
    /// Filters that selected and did not admit.
    case filters([FilterID])
    /// Nothing that is written down: a default, or what an open list may hold.
    case unwritten
  }

  private(set) var found: [(outcome: Outcome, cause: Cause)] = []

  init(_ outcomes: Outcome...) { for outcome in outcomes { add(outcome, .unwritten) } }

  mutating func add(_ outcome: Outcome, _ cause: Cause) {
    if !found.contains(where: { $0.outcome == outcome && $0.cause == cause }) { found.append((outcome, cause)) }
  }

  func contains(_ outcome: Outcome) -> Bool { found.contains { $0.outcome == outcome } }

  func isExactly(_ outcome: Outcome) -> Bool { !found.isEmpty && found.allSatisfy { $0.outcome == outcome } }

  func causes(of outcome: Outcome) -> [Cause] { found.filter { $0.outcome == outcome }.map(\.cause) }
}
