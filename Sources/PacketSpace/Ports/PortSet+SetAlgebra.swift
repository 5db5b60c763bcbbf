/// Every operation is linear in the ranges of both sets.
extension PortSet {
  /// The ports of either.
  package func union(_ other: PortSet) -> PortSet { PortSet(canonical: ranges.union(other.ranges)) }

  /// The ports of both.
  package func intersection(_ other: PortSet) -> PortSet {
    if isEverything { return other }
    if other.isEverything { return self }
    return PortSet(canonical: ranges.intersection(other.ranges))
  }

  /// The ports of this set that are not in the other.
  package func subtracting(_ other: PortSet) -> PortSet { PortSet(canonical: ranges.subtracting(other.ranges)) }

  /// The ports that are not in the set.
  package var complement: PortSet { PortSet.all.subtracting(self) }

  /// Adds the ports of the other set.
  package mutating func formUnion(_ other: PortSet) { self = union(other) }

  /// Keeps what is in the other set too.
  package mutating func formIntersection(_ other: PortSet) { self = intersection(other) }

  /// Takes away the ports of the other set.
  package mutating func subtract(_ other: PortSet) { self = subtracting(other) }
}
