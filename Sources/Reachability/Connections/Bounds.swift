package import PacketSpace

/// What may be and what must be: *may* holds for some value of the unknowns, *must* for all.
package struct Bounds<Value: Sendable>: Sendable {
  package var may: Value
  package var must: Value

  package init(may: Value, must: Value) {
    self.may = may
    self.must = must
  }
}

extension Bounds: Equatable where Value: Equatable {}

extension Bounds: Hashable where Value: Hashable {}

extension Bounds<TrafficSet> {
  package static var nothing: Self { Bounds(may: .none, must: .none) }

  package func union(_ other: Self) -> Self { Bounds(may: may.union(other.may), must: must.union(other.must)) }

  package func intersection(_ set: TrafficSet) -> Self {
    Bounds(may: may.intersection(set), must: must.intersection(set))
  }
}
