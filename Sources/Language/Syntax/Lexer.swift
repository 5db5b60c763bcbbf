import Diagnostics

/// One piece of a statement.
struct Token {
  enum Kind: Equatable {
    /// A word; a bare one has no quoted letters, a name in quotes has nothing but them.
    case word(Pattern)
    case arrow(Arrow)
    case not, and, or, open, close, comma
    case end
  }

  var kind: Kind
  var span: Span
}

/// Cuts a statement into words and signs.
///
/// Arrows stand between spaces. A word runs to a space, quote, parenthesis, `&`, `|` or comma; a quote after `:` or `=` goes on
/// with it. `#` after a space starts a comment.
struct Lexer {
  /// Longer statements are refused: nobody writes them, and everything below is allowed to be simple.
  static let longest = InputLimits.standard.statementBytes

  private let characters: [Character]
  /// The byte at which each character starts, and the end.
  private let offsets: [Int]
  private var position = 0

  static func tokens(_ text: String) throws(StatementError) -> [Token] {
    let length = text.utf8.count
    guard length <= longest else {
      throw StatementError("a statement has at most \(longest) bytes, this one has \(length)", Span(0, length))
    }
    var lexer = Lexer(text)
    var tokens: [Token] = []
    while let token = try lexer.next() { tokens.append(token) }
    tokens.append(Token(kind: .end, span: Span(length, length)))
    return tokens
  }

  private init(_ text: String) {
    characters = Array(text)
    var offsets: [Int] = []
    var offset = 0
    for character in characters {
      offsets.append(offset)
      offset += character.utf8.count
    }
    offsets.append(offset)
    self.offsets = offsets
  }

  private func span(from start: Int) -> Span { Span(offsets[start], offsets[position]) }

  private mutating func next() throws(StatementError) -> Token? {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
    guard position < characters.count else { return nil }
    let start = position
    if characters[position] == "#", position == 0 || characters[position - 1].isWhitespace {
      while position < characters.count, !characters[position].isNewline { position += 1 }
      return try next()
    }
    if let sign = Self.sign(characters[position]) {
      position += 1
      return Token(kind: sign, span: span(from: start))
    }
    let letters = try characters[position] == "\"" ? quoted() : word()
    let span = span(from: start)
    if letters.isEmpty { throw StatementError("a name in quotes has a letter at least", span) }
    let pattern = Pattern(letters: letters)
    if let arrow = Arrow(rawValue: pattern.text), !letters[0].isQuoted { return Token(kind: .arrow(arrow), span: span) }
    return Token(kind: .word(pattern), span: span)
  }

  private static func sign(_ character: Character) -> Token.Kind? {
    switch character {
    case "!": .not
    case "&": .and
    case "|": .or
    case "(": .open
    case ")": .close
    case ",": .comma
    default: nil
    }
  }

  private mutating func quoted() throws(StatementError) -> [Pattern.Letter] {
    let start = position
    position += 1
    var letters: [Pattern.Letter] = []
    while position < characters.count, characters[position] != "\"" {
      letters.append(Pattern.Letter(character: characters[position], isQuoted: true))
      position += 1
    }
    guard position < characters.count else {
      throw StatementError("a quote is opened here and never closed", Span(offsets[start], offsets[start] + 1))
    }
    position += 1
    return letters
  }

  private mutating func word() throws(StatementError) -> [Pattern.Letter] {
    var letters: [Pattern.Letter] = []
    while position < characters.count {
      let character = characters[position]
      if character.isWhitespace || "()&|,".contains(character) { break }
      if character == "\"" {
        guard let last = letters.last, last.character == ":" || last.character == "=" else { break }
        letters += try quoted()
        continue
      }
      letters.append(Pattern.Letter(character: character, isQuoted: false))
      position += 1
    }
    return letters
  }
}
