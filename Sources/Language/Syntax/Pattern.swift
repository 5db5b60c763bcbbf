/// A word's text, of which some letters stood in quotes: `*` and `?` outside of them match any text and any letter.
package struct Pattern: Hashable, Sendable {
  package struct Letter: Hashable, Sendable {
    package var character: Character
    package var isQuoted: Bool
  }

  package let letters: [Letter]
  /// The same as bytes, where all letters are ASCII: most words are, and so are most names.
  private let plain: Plain?

  package init(letters: [Letter]) {
    self.letters = letters
    plain = Plain(letters)
  }

  /// A text that is meant as it stands.
  package init(literally text: String) {
    self.init(letters: text.map { Letter(character: $0, isQuoted: true) })
  }

  package init(_ text: String) { self.init(letters: text.map { Letter(character: $0, isQuoted: false) }) }

  package var text: String { String(letters.map(\.character)) }

  /// Whether a letter stands for others.
  package var isGlob: Bool { plain?.isGlob ?? letters.contains { Self.isWild($0) } }

  /// Whether `{name}` stands in it.
  package var hasParameter: Bool { letters.contains { !$0.isQuoted && $0.character == "{" } }

  private static func isWild(_ letter: Letter) -> Bool {
    !letter.isQuoted && (letter.character == "*" || letter.character == "?")
  }

  /// Whether the whole of a text is meant.
  package func matches(_ text: String, ignoringCase: Bool = false) -> Bool {
    if let plain {
      if !plain.isGlob, !ignoringCase { return text == plain.text }
      if let found = plain.matches(text, ignoringCase: ignoringCase) { return found }
    }
    let own = letters.map { letter in
      Token(
        unit: ignoringCase ? Self.lower(letter.character) : letter.character,
        wild: Self.isWild(letter) ? letter.character == "*" ? .run : .one : nil)
    }
    return Self.matches(own, Array(ignoringCase ? text.lowercased() : text))
  }

  /// A letter, or what stands for others.
  private struct Token<Unit: Hashable & Sendable>: Hashable, Sendable {
    enum Wild { case one, run }
    var unit: Unit
    var wild: Wild?
  }

  private static func matches<Unit>(_ own: [Token<Unit>], _ other: [Unit]) -> Bool {
    // The usual way back to the last star; it takes no more than the product of both lengths.
    var (mine, its) = (0, 0)
    var back: (mine: Int, its: Int)?
    while its < other.count {
      if mine < own.count, own[mine].wild == .run {
        back = (mine, its)
        mine += 1
      } else if mine < own.count, own[mine].unit == other[its] || own[mine].wild == .one {
        mine += 1
        its += 1
      } else if let last = back {
        back = (last.mine, last.its + 1)
        mine = last.mine + 1
        its = last.its + 1
      } else {
        return false
      }
    }
    return own[mine...].allSatisfy { $0.wild == .run }
  }

  /// A pattern of ASCII letters. A carriage return is none of them: with a line feed behind it two bytes are one letter.
  private struct Plain: Hashable, Sendable {
    var text: String
    var isGlob: Bool
    private var tokens: [Token<UInt8>]
    private var loweredTokens: [Token<UInt8>]

    init?(_ letters: [Letter]) {
      text = ""
      isGlob = false
      tokens = []
      for letter in letters {
        guard let byte = letter.character.asciiValue, letter.character != "\r\n", byte != 0x0D else { return nil }
        let wild: Token<UInt8>.Wild? =
          Pattern.isWild(letter) ? letter.character == "*" ? .run : .one : nil
        if wild != nil { isGlob = true }
        text.append(letter.character)
        tokens.append(Token(unit: byte, wild: wild))
      }
      loweredTokens = tokens.map { Token(unit: Self.lower($0.unit), wild: $0.wild) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

    /// `nil` where the text has other letters, of which one may be several bytes, or another's small form.
    func matches(_ text: String, ignoringCase: Bool) -> Bool? {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(text.utf8.count)
      for byte in text.utf8 {
        if byte >= 0x80 || byte == 0x0D { return nil }
        bytes.append(ignoringCase ? Self.lower(byte) : byte)
      }
      return Pattern.matches(ignoringCase ? loweredTokens : tokens, bytes)
    }
  }

  private static func lower(_ character: Character) -> Character { character.lowercased().first ?? character }

  /// Both sides of the first of a letter outside of quotes.
  package func split(at character: Character) -> (before: Pattern, after: Pattern)? {
    guard let index = letters.firstIndex(where: { $0.character == character && !$0.isQuoted }) else { return nil }
    return (Pattern(letters: Array(letters[..<index])), Pattern(letters: Array(letters[(index + 1)...])))
  }

  /// As it is written: a run of quoted letters in quotes.
  package var written: String {
    var result = ""
    var isOpen = false
    for letter in letters {
      if letter.isQuoted != isOpen {
        result.append("\"")
        isOpen = letter.isQuoted
      }
      result.append(letter.character)
    }
    return isOpen ? result + "\"" : result
  }
}
