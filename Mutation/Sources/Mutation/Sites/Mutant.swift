/// One place in the sources, and the wrong code that may stand there.
package struct Mutant: Hashable, Sendable {
  /// Where the switch between the two is written.
  package enum Form: Hashable, Sendable {
    /// Around an expression.
    case expression
    /// Around a statement, that is executed or not.
    case statement
    /// A statement of its own, before all others of a body.
    case entry
  }

  /// The path of the file below `Sources`.
  package var file: String
  /// The declarations around it, joined by dots: `AddressSet.union(_:)`.
  package var declaration: String
  package var kind: MutationOperator
  package var original: String
  package var replacement: String
  /// Tells apart what is alike in all of the above, from 1.
  package var ordinal = 1
  package var form: Form
  /// The bytes of the file that the original takes; empty for an entry.
  package var range: Range<Int>

  /// What names it in every table and in the list of survivors that are explained. Holds no line number: it stays the same while the
  /// code around it changes.
  package var name: String {
    let change =
      kind == .dropped ? "`\(Self.brief(original))`" : "`\(Self.brief(original))` → `\(Self.brief(replacement))`"
    return "\(file): \(declaration): \(kind.rawValue): \(change)" + (ordinal == 1 ? "" : " #\(ordinal)")
  }

  /// The target that the file belongs to.
  package var target: String { String(file.prefix { $0 != "/" }) }

  /// On one line, and not longer than a line.
  static func brief(_ code: String) -> String {
    let words = code.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard words.count > 100 else { return words }
    return words.prefix(90) + "…" + String(fingerprint(words), radix: 36)
  }
}

/// FNV-1a over the bytes of a text: the same number in every run and on every machine.
package func fingerprint(_ text: String) -> UInt64 {
  text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}
