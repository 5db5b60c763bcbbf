import Diagnostics
import PacketSpace

extension Parser {
  /// `!` binds tighter than `&`, and that than `|`.
  mutating func selector(_ depth: Int) throws(StatementError) -> Selector {
    var result = try conjunction(depth)
    while try takeSign(.or) { result = .or(result, try conjunction(depth)) }
    return result
  }

  private mutating func conjunction(_ depth: Int) throws(StatementError) -> Selector {
    var result = try term(depth)
    while try takeSign(.and) { result = .and(result, try term(depth)) }
    return result
  }

  /// Each sign is one more level of what is read, which all that goes through it descends into.
  private mutating func takeSign(_ kind: Token.Kind) throws(StatementError) -> Bool {
    guard current.kind == kind else { return false }
    signs += 1
    guard signs <= Self.mostSigns else { throw wrong("more than \(Self.mostSigns) `&` and `|` in a statement") }
    advance()
    return true
  }

  private mutating func term(_ depth: Int) throws(StatementError) -> Selector {
    guard depth < Self.deepest else { throw wrong("more than \(Self.deepest) parentheses and `!` in each other") }
    let token = current
    switch token.kind {
    case .not:
      advance()
      let inner = try term(depth + 1)
      return .not(inner, token.span.joined(to: inner.span))
    case .open:
      advance()
      let inner = try selector(depth + 1)
      guard take(.close) else { throw wrong("expected `)` for the parenthesis at \(token.span.start + 1)") }
      return inner
    case .word(let word):
      let leaf = try Self.leaf(word, token.span)
      advance()
      return leaf
    default: throw wrong("expected what to select: a name, an address, or `key:value`")
    }
  }

  /// What a word means, in this order: reserved word; address, prefix or range; `key:value` with a known key; a name.
  static func leaf(_ word: Pattern, _ span: Span) throws(StatementError) -> Selector {
    if word.letters.first?.isQuoted == true { return .named(word, span) }
    let text = word.text
    if text == "any" { return .any(span) }
    if text == "anyone" { return .anyone(span) }
    if reserved.contains(text) {
      throw StatementError(
        "`\(text)` is a word of the language", span, suggestion: "a thing of that name is `\"\(text)\"`")
    }
    if word.hasParameter { return .parameter(word, span) }
    if let addresses = try addresses(text, span) { return .addresses(addresses, text, span) }
    if let (before, value) = word.split(at: ":"), let key = SelectorKey(rawValue: before.text) {
      if value.letters.isEmpty {
        throw StatementError("`\(text)` names no \(key.rawValue)", span, suggestion: "put it right after the colon")
      }
      return .keyed(key, value, span)
    }
    return .named(word, span)
  }

  private static func addresses(_ text: String, _ span: Span) throws(StatementError) -> AddressSet? {
    if let address = IPAddress(text) { return AddressSet(address) }
    if let prefix = IPPrefix(text) {
      if IPPrefix.hasHostBits(text) {
        throw StatementError(
          "`\(text)` is no prefix: bits behind its length are set", span, suggestion: "did you mean `\(prefix)`?")
      }
      return AddressSet(prefix)
    }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    if ends.count == 2, let lower = IPAddress(ends[0]), let upper = IPAddress(ends[1]) {
      guard lower.family == upper.family, lower <= upper else {
        throw StatementError("the range `\(text)` ends before it begins", span)
      }
      return AddressSet(ranges: [AddressRange(lower, upper)])
    }
    // A number with dots and a slash is meant as an address, and no name.
    if text.contains("/"), let head = text.split(separator: "/").first, IPAddress(head) != nil {
      throw StatementError("`\(text)` is no prefix: its length does not fit", span)
    }
    return nil
  }

  // MARK: Tokens

  var current: Token { tokens[position] }

  /// The text of a word of which nothing is quoted.
  var bareWord: String? {
    guard case .word(let word) = current.kind, word.letters.first?.isQuoted == false else { return nil }
    return word.text
  }

  mutating func advance() { if position + 1 < tokens.count { position += 1 } }

  mutating func take(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  func wrong(_ message: String, suggestion: String? = nil) -> StatementError {
    StatementError(message, current.span, suggestion: suggestion)
  }

  var unexpected: String {
    guard let word = bareWord else { return "this is not expected here" }
    let meant = Spelling.nearest(to: word, among: ["on", "entering", "minimum", "via"])
    return "`\(word)` is not expected here" + (meant.map { "; did you mean `\($0)`?" } ?? "")
  }

  func expectEnd() throws(StatementError) {
    if case .end = current.kind { return }
    throw wrong(unexpected)
  }
}
