/// Bounds by number, each once: pairs of numbers are compared and combined faster than masks.
struct MaskPool {
  private(set) var bounds: [Bounded?] = [nil]
  private var numbers: [Bounded: Int32] = [:]

  /// The number of no bounds at all, which let everything pass.
  static let everything: Int32 = 0

  mutating func number(of found: Bounded?) -> Int32 {
    guard let found else { return Self.everything }
    if let known = numbers[found] { return known }
    bounds.append(found)
    numbers[found] = Int32(bounds.count - 1)
    return Int32(bounds.count - 1)
  }
}

/// A number for each different value, in the order in which they were met.
struct Numbering<Value: Hashable> {
  private(set) var values: [Value] = []
  private var numbers: [Value: Int32] = [:]

  mutating func number(of value: Value) -> Int32 {
    if let known = numbers[value] { return known }
    values.append(value)
    numbers[value] = Int32(values.count - 1)
    return Int32(values.count - 1)
  }
}

/// Numbers by triples of numbers: an open hash table of two arrays, because a dictionary spends more on hashing a key than on all the rest
/// of a pair.
struct TripleTable {
  private var keys: [UInt64]
  private var values: [Int32]
  private var count = 0
  private static let free = UInt64.max

  init() {
    keys = [UInt64](repeating: Self.free, count: 1 << 10)
    values = [Int32](repeating: 0, count: 1 << 10)
  }

  /// The key of three numbers, or `nil` where they are too large to be one.
  static func key(_ way: Int32, _ out: Int32, _ in: Int32) -> UInt64? {
    guard way < 1 << 20, out < 1 << 21, `in` < 1 << 21 else { return nil }
    return UInt64(way) << 42 | UInt64(out) << 21 | UInt64(`in`)
  }

  func value(at key: UInt64) -> Int32? {
    var slot = slot(of: key)
    while keys[slot] != Self.free {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  mutating func insert(_ value: Int32, at key: UInt64) {
    if count * 2 >= keys.count { grow() }
    var slot = slot(of: key)
    while keys[slot] != Self.free { slot = (slot + 1) & (keys.count - 1) }
    keys[slot] = key
    values[slot] = value
    count += 1
  }

  private func slot(of key: UInt64) -> Int {
    // Fibonacci hashing: the high bits of a product with an odd number near 2^64 divided by the golden ratio.
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & (keys.count - 1)
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = [UInt64](repeating: Self.free, count: oldKeys.count * 2)
    values = [Int32](repeating: 0, count: oldKeys.count * 2)
    count = 0
    for (key, value) in zip(oldKeys, oldValues) where key != Self.free { insert(value, at: key) }
  }
}
