/// Every operation goes once through the rows of both sets, protocol by protocol.
extension TrafficSet {
  private func combined(
    _ other: TrafficSet, _ grid: (Grid, Grid) -> Grid, _ protocols: (ProtocolSet, ProtocolSet) -> ProtocolSet
  ) -> TrafficSet {
    TrafficSet(
      grids: grids.indices.map { grid(grids[$0], other.grids[$0]) }, others: protocols(others, other.others))
  }

  /// What is in either.
  package func union(_ other: TrafficSet) -> TrafficSet {
    combined(other, { $0.union($1) }, { $0.union($1) })
  }

  /// What is in both.
  package func intersection(_ other: TrafficSet) -> TrafficSet {
    combined(other, { $0.intersection($1) }, { $0.intersection($1) })
  }

  /// What is in this set and not in the other.
  package func subtracting(_ other: TrafficSet) -> TrafficSet {
    combined(other, { $0.subtracting($1) }, { $0.subtracting($1) })
  }

  /// What is not in the set.
  package var complement: TrafficSet { TrafficSet.any.subtracting(self) }

  /// Adds what is in the other set.
  package mutating func formUnion(_ other: TrafficSet) { self = union(other) }

  /// Keeps what is in the other set too.
  package mutating func formIntersection(_ other: TrafficSet) { self = intersection(other) }

  /// Takes away what is in the other set.
  package mutating func subtract(_ other: TrafficSet) { self = subtracting(other) }

  /// The union of many sets, joined in pairs so that long lists take O(*n* log *n*).
  init(unionOf sets: ArraySlice<TrafficSet>) {
    switch sets.count {
    case 0: self = .none
    case 1: self = sets[sets.startIndex]
    default:
      let middle = sets.startIndex + sets.count / 2
      self = TrafficSet(unionOf: sets[..<middle]).union(TrafficSet(unionOf: sets[middle...]))
    }
  }
}
