/// Finds the keys that stand twice in one mapping.
///
/// Few keys are compared one by one, which for the mappings that people write is much faster than a table; many go into one.
struct SeenKeys {
  private static let few = 16
  private var table: [String: UInt32] = [:]

  /// The same key where it stood before; the mapping's keys and values are those waiting from a position on, the key not among them.
  mutating func earlier(than key: UInt32, waitingFrom first: Int, in builder: borrowing NodeArenaBuilder) -> UInt32? {
    let end = builder.waiting.count
    if end - first <= 2 * SeenKeys.few {
      var position = first
      while position < end {
        if builder.haveSameText(builder.waiting[position], key) { return builder.waiting[position] }
        position += 2
      }
      return nil
    }
    if table.isEmpty {
      for position in stride(from: first, to: end, by: 2) { note(builder.waiting[position], in: builder) }
    }
    let text = builder.text(of: key)
    if let earlier = table[text] { return builder.haveSameText(earlier, key) ? earlier : nil }
    note(key, in: builder)
    return nil
  }

  private mutating func note(_ key: UInt32, in builder: borrowing NodeArenaBuilder) {
    guard builder.records[Int(key)].isScalar else { return }
    let text = builder.text(of: key)
    if table[text] == nil { table[text] = key }
  }
}
