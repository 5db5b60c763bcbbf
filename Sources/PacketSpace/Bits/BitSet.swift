/// A fixed number of bits, as words. The currency of the engine: union, intersection and difference are word operations.
///
/// Bits are numbered from 0 to `count - 1`. Bits of the last word beyond `count` are always zero, so that equal sets are equal values.
package struct BitSet: Hashable, Sendable {
  /// The bits, 64 a word, lowest first.
  package internal(set) var words: [UInt64]
  /// How many bits there are, set or not.
  package let count: Int

  /// No bit set.
  package init(count: Int) {
    self.count = count
    words = [UInt64](repeating: 0, count: (count + 63) >> 6)
  }

  /// Every bit set.
  package static func all(_ count: Int) -> BitSet {
    var result = BitSet(count: count)
    result.insert(contentsOf: 0..<count)
    return result
  }

  /// Whether no bit is set. Stops at the first word that is not zero.
  package var isEmpty: Bool {
    for word in words where word != 0 { return false }
    return true
  }

  /// The number of bits set.
  package var population: Int {
    var result = 0
    for word in words { result += word.nonzeroBitCount }
    return result
  }

  /// The lowest bit set.
  package var first: Int? {
    for index in words.indices where words[index] != 0 { return index << 6 + words[index].trailingZeroBitCount }
    return nil
  }

  /// Whether a bit is set. O(1).
  package func contains(_ bit: Int) -> Bool { words[bit >> 6] >> UInt64(bit & 63) & 1 == 1 }

  /// Sets a bit. O(1).
  package mutating func insert(_ bit: Int) {
    assert(bit < count, "a bit beyond the count would make equal sets unequal")
    words[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  /// Sets consecutive bits, a word at a time.
  package mutating func insert(contentsOf bits: Range<Int>) {
    guard !bits.isEmpty else { return }
    assert(bits.upperBound <= count, "a bit beyond the count would make equal sets unequal")
    let (first, last) = (bits.lowerBound >> 6, (bits.upperBound - 1) >> 6)
    let fromFirst = UInt64.max << UInt64(bits.lowerBound & 63)
    let toLast = UInt64.max >> UInt64(63 - (bits.upperBound - 1) & 63)
    if first == last {
      words[first] |= fromFirst & toLast
      return
    }
    words[first] |= fromFirst
    for index in (first + 1)..<last { words[index] = .max }
    words[last] |= toLast
  }

  /// Clears a bit. O(1).
  package mutating func remove(_ bit: Int) { words[bit >> 6] &= ~(1 << UInt64(bit & 63)) }

  /// Calls the body with each bit set, lowest first. O(words + bits set).
  package func forEach(_ body: (Int) -> Void) {
    for index in words.indices {
      var rest = words[index]
      while rest != 0 {
        body(index << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  /// The bits that a table moves to a bit of this set: `fixed` are those that it leaves where they are, `moved` all others, in order.
  package func preimage(under table: [Int32], fixed: BitSet, moved: [Int32]) -> BitSet {
    var result = intersection(fixed)
    for bit in moved {
      let there = Int(table[Int(bit)])
      let isIn = words[there >> 6] >> UInt64(there & 63) & 1
      result.words[Int(bit) >> 6] |= isIn << UInt64(bit & 63)
    }
    return result
  }

  /// Where a table moves the bits of this set.
  package func image(under table: [Int32], fixed: BitSet, moved: [Int32]) -> BitSet {
    var result = intersection(fixed)
    for bit in moved where contains(Int(bit)) { result.insert(Int(table[Int(bit)])) }
    return result
  }
}
