/// Every operation is linear in the ranges of both sets.
extension AddressSet {
  /// The addresses of either.
  package func union(_ other: AddressSet) -> AddressSet { AddressSet(canonical: ranges.union(other.ranges)) }

  /// The addresses of both.
  package func intersection(_ other: AddressSet) -> AddressSet {
    AddressSet(canonical: ranges.intersection(other.ranges))
  }

  /// The addresses of this set that are not in the other.
  package func subtracting(_ other: AddressSet) -> AddressSet {
    AddressSet(canonical: ranges.subtracting(other.ranges))
  }

  /// Every address of both families that is not in the set.
  package var complement: AddressSet { AddressSet.everything.subtracting(self) }

  /// The addresses of one family.
  package func restricted(to family: IPFamily) -> AddressSet {
    AddressSet(canonical: ranges.filter { $0.lower.family == family })
  }

  /// Adds the addresses of the other set.
  package mutating func formUnion(_ other: AddressSet) { self = union(other) }

  /// Keeps what is in the other set too.
  package mutating func formIntersection(_ other: AddressSet) { self = intersection(other) }

  /// Takes away the addresses of the other set.
  package mutating func subtract(_ other: AddressSet) { self = subtracting(other) }
}
