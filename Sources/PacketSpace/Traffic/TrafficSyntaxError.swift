/// Why a text is not traffic.
package struct TrafficSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The item that could not be read, as it is written.
  package var item: String
  /// What should stand there.
  package var expected: String

  /// A refusal of one item.
  package init(item: String, expected: String) {
    self.item = item
    self.expected = expected
  }

  /// One sentence of both.
  package var description: String { "`\(item)` is not traffic: \(expected)" }
}
