/// Every operation takes two sets of equally many bits and is linear in the words.
extension BitSet {
  /// Sets each bit that is set in the other.
  package mutating func formUnion(_ other: BitSet) {
    assert(count == other.count)
    for index in words.indices { words[index] |= other.words[index] }
  }

  /// Clears each bit that is not set in the other.
  package mutating func formIntersection(_ other: BitSet) {
    assert(count == other.count)
    for index in words.indices { words[index] &= other.words[index] }
  }

  /// Clears each bit that is set in the other.
  package mutating func subtract(_ other: BitSet) {
    assert(count == other.count)
    for index in words.indices { words[index] &= ~other.words[index] }
  }

  /// The bits set in either.
  package func union(_ other: BitSet) -> BitSet {
    var result = self
    result.formUnion(other)
    return result
  }

  /// The bits set in both.
  package func intersection(_ other: BitSet) -> BitSet {
    var result = self
    result.formIntersection(other)
    return result
  }

  /// The bits set here and not in the other.
  package func subtracting(_ other: BitSet) -> BitSet {
    var result = self
    result.subtract(other)
    return result
  }

  /// The bits not set.
  package var complement: BitSet { BitSet.all(count).subtracting(self) }

  /// Whether some bit is set in both. Allocates nothing.
  package func intersects(_ other: BitSet) -> Bool {
    assert(count == other.count)
    for index in words.indices where words[index] & other.words[index] != 0 { return true }
    return false
  }

  /// Whether each bit set here is set in the other. Allocates nothing.
  package func isSubset(of other: BitSet) -> Bool {
    assert(count == other.count)
    for index in words.indices where words[index] & ~other.words[index] != 0 { return false }
    return true
  }
}
