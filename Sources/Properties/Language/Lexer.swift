import PacketSpace

/// What is wrong with a line, and where.
package struct SyntaxError: Error, Hashable, Sendable {
  package var message: String
  package var label: String
  package var range: TextRange
  package var help: String?

  package init(_ message: String, label: String, range: TextRange, help: String? = nil) {
    self.message = message
    self.label = label
    self.range = range
    self.help = help
  }
}

/// A piece of a line.
struct Token: Hashable {
  enum Kind: Hashable {
    case word
    case quoted
    case arrow(Arrow)
    case and, or, not, comma, open, close
    case end
  }
  var kind: Kind
  var text: String
  var range: TextRange
  /// Whether white space stands before it.
  var isSpaced: Bool
}

/// Cuts a line into tokens (design section 6, "Words").
///
/// A word runs to a space, quote, parenthesis, `&`, `|` or comma; `-.:/[]{}=*?` belong to it, so ARNs, IPv6 addresses and
/// `shop/cart[Deployment]` are one word; a quote after `:` or `=` goes on with it. A `#` after a space starts a comment.
struct Lexer {
  private let bytes: [UInt8]
  private var at = 0

  /// The longest line that is read.
  static let longest = 65_536

  static func tokens(_ line: String) throws(SyntaxError) -> [Token] {
    var lexer = Lexer(bytes: Array(line.utf8))
    guard lexer.bytes.count <= longest else {
      throw SyntaxError(
        "the line is longer than \(longest) bytes", label: "a line this long is not read", range: TextRange(0, 1))
    }
    var tokens: [Token] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private static let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
  private static let ends: Set<UInt8> = Set("\"()&|,".utf8).union(space)

  private mutating func next() throws(SyntaxError) -> Token {
    let before = at
    while at < bytes.count, Self.space.contains(bytes[at]) { at += 1 }
    let isSpaced = at > before || at == 0
    guard at < bytes.count, !(isSpaced && bytes[at] == UInt8(ascii: "#")) else {
      return Token(kind: .end, text: "", range: TextRange(at, at), isSpaced: isSpaced)
    }
    let start = at
    func token(_ kind: Token.Kind) -> Token {
      Token(
        kind: kind, text: String(decoding: bytes[start..<at], as: UTF8.self), range: TextRange(start, at),
        isSpaced: isSpaced)
    }
    switch bytes[at] {
    case UInt8(ascii: "&"):
      at += 1
      return token(.and)
    case UInt8(ascii: "|"):
      at += 1
      return token(.or)
    case UInt8(ascii: ","):
      at += 1
      return token(.comma)
    case UInt8(ascii: "("):
      at += 1
      return token(.open)
    case UInt8(ascii: ")"):
      at += 1
      return token(.close)
    case UInt8(ascii: "!"):
      at += 1
      return token(.not)
    case UInt8(ascii: "\""):
      let text = try quoted()
      return Token(kind: .quoted, text: text, range: TextRange(start, at), isSpaced: isSpaced)
    default: break
    }
    for arrow in [Arrow.connection, .path, .pivots] where startsArrow(arrow) {
      at += 2
      return token(.arrow(arrow))
    }
    var text: [UInt8] = []
    while at < bytes.count, !Self.ends.contains(bytes[at]) {
      text.append(bytes[at])
      at += 1
      // `tag:"a b"` goes on with its quoted part.
      if at < bytes.count, bytes[at] == UInt8(ascii: "\""),
        [UInt8(ascii: ":"), UInt8(ascii: "=")].contains(bytes[at - 1])
      {
        text += try quoted().utf8
      }
    }
    return Token(
      kind: .word, text: String(decoding: text, as: UTF8.self), range: TextRange(start, at), isSpaced: isSpaced)
  }

  /// Arrows stand between spaces.
  private func startsArrow(_ arrow: Arrow) -> Bool {
    let word = Array(arrow.rawValue.utf8)
    guard at + 2 <= bytes.count, Array(bytes[at..<(at + 2)]) == word else { return false }
    return at + 2 == bytes.count || Self.space.contains(bytes[at + 2])
  }

  private mutating func quoted() throws(SyntaxError) -> String {
    let start = at
    at += 1
    var text: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      if byte == UInt8(ascii: "\\"), at < bytes.count {
        text.append(bytes[at])
        at += 1
      } else {
        text.append(byte)
      }
    }
    throw SyntaxError("a quote is not closed", label: "opened here", range: TextRange(start, start + 1))
  }
}
