/// A fixed number of bits, as words. The currency of the engine: union, intersection and difference are word operations.
package struct BitSet: Hashable, Sendable {
  package private(set) var words: [UInt64]
  package let count: Int

  /// No bit set.
  package init(count: Int) {
    self.count = count
    words = [UInt64](repeating: 0, count: (count + 63) / 64)
  }

  /// Every bit set.
  package static func all(_ count: Int) -> BitSet {
    var result = BitSet(count: count)
    for index in result.words.indices { result.words[index] = .max }
    let extra = count % 64
    if extra != 0, !result.words.isEmpty { result.words[result.words.count - 1] = (1 << UInt64(extra)) - 1 }
    return result
  }

  package var isEmpty: Bool {
    for word in words where word != 0 { return false }
    return true
  }

  package func contains(_ bit: Int) -> Bool { words[bit >> 6] >> UInt64(bit & 63) & 1 == 1 }

  package mutating func insert(_ bit: Int) { words[bit >> 6] |= 1 << UInt64(bit & 63) }

  package mutating func remove(_ bit: Int) { words[bit >> 6] &= ~(1 << UInt64(bit & 63)) }

  package mutating func formUnion(_ other: BitSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  package mutating func formIntersection(_ other: BitSet) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  package mutating func subtract(_ other: BitSet) {
    for index in words.indices { words[index] &= ~other.words[index] }
  }

  package func union(_ other: BitSet) -> BitSet {
    var result = self
    result.formUnion(other)
    return result
  }

  package func intersection(_ other: BitSet) -> BitSet {
    var result = self
    result.formIntersection(other)
    return result
  }

  package func subtracting(_ other: BitSet) -> BitSet {
    var result = self
    result.subtract(other)
    return result
  }

  package func intersects(_ other: BitSet) -> Bool {
    for index in words.indices where words[index] & other.words[index] != 0 { return true }
    return false
  }

  package func isSubset(of other: BitSet) -> Bool {
    for index in words.indices where words[index] & ~other.words[index] != 0 { return false }
    return true
  }

  /// The number of bits set.
  package var population: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Calls the body with each set bit, lowest first.
  package func forEach(_ body: (Int) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body((index << 6) + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}
