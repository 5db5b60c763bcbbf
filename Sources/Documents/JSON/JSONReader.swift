package import Diagnostics

/// Reads JSON (RFC 8259) into nodes with places.
///
/// Written by hand because no JSON library for Swift tells where a value stands, and a finding is nothing without its line. One pass over
/// the bytes, no recursion, strings decoded only where they hold an escape.
package enum JSONReader {
  package static func read(_ file: SourceFile, limits: DocumentLimits = .standard) -> ReadResult {
    if let problem = TextChecks.problem(file, limits: limits) { return ReadResult(diagnostics: [problem]) }
    var parser = JSONParser(file: file, limits: limits)
    do {
      let root = try parser.parse()
      let arena = parser.builder.finish(file)
      let document = Document(
        file: file.id, root: Node(arena: arena, index: root), comments: [], index: 0, format: .json)
      return ReadResult(documents: [document], diagnostics: parser.diagnostics)
    } catch {
      return ReadResult(diagnostics: parser.diagnostics + [error.diagnostic(file)])
    }
  }
}

/// Where and why a JSON text ends to be one.
struct JSONSyntaxError: Error {
  var offset: Int
  var length = 1
  var message: String
  var expected: String

  func diagnostic(_ file: SourceFile) -> Diagnostic {
    Diagnostic(
      code: "TP0110", severity: .error, message: message,
      primary: Diagnostic.Label(
        range: SourceRange(
          file: file.id, start: UInt32(min(offset, file.bytes.count)),
          end: UInt32(min(offset + length, file.bytes.count))), text: expected),
      notes: ["the file was not read"])
  }
}

/// The parser's state: bytes, a position, and the collections that are open.
struct JSONParser {
  private struct Open {
    var isMapping: Bool
    var start: Int
    var items: [UInt32] = []
    var keys: [String: UInt32] = [:]
  }

  let file: SourceFile
  let bytes: [UInt8]
  let limits: DocumentLimits
  var builder = NodeArenaBuilder()
  var diagnostics: [Diagnostic] = []
  private var at = 0
  private var open: [Open] = []

  init(file: SourceFile, limits: DocumentLimits) {
    self.file = file
    self.limits = limits
    bytes = file.bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  mutating func parse() throws(JSONSyntaxError) -> UInt32 {
    while true {
      skipSpace()
      var finished: UInt32? = try value()
      while let done = finished {
        guard var top = open.popLast() else {
          skipSpace()
          if at < bytes.count {
            throw fail("text follows the end of the document", "the document ended before this")
          }
          return done
        }
        top.items.append(done)
        skipSpace()
        finished = nil
        switch peek() {
        case UInt8(ascii: ","):
          at += 1
          skipSpace()
          if top.isMapping { try key(&top) }
          if !top.isMapping, peek() == UInt8(ascii: "]") {
            throw fail("a comma stands before the end of the list", "expected another value")
          }
          open.append(top)
        case UInt8(ascii: "}") where top.isMapping, UInt8(ascii: "]") where !top.isMapping:
          at += 1
          finished = builder.collection(
            top.isMapping ? .mapping : .sequence, start: top.start, end: at, items: top.items)
        case nil:
          throw fail(
            "the file ends inside \(top.isMapping ? "an object" : "a list")",
            "expected `\(top.isMapping ? "}" : "]")` for the one that opened at line \(line(top.start))")
        default:
          throw fail(
            "this is not JSON", top.isMapping ? "expected `,` or `}`" : "expected `,` or `]`")
        }
      }
    }
  }

  private func line(_ offset: Int) -> Int { file.position(at: UInt32(offset)).line }

  private func peek() -> UInt8? { at < bytes.count ? bytes[at] : nil }

  private func fail(_ message: String, _ expected: String, at offset: Int? = nil) -> JSONSyntaxError {
    JSONSyntaxError(offset: offset ?? at, message: message, expected: expected)
  }

  private mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }

  /// Reads a scalar or an empty collection; opens a collection and gives `nil`.
  private mutating func value() throws(JSONSyntaxError) -> UInt32? {
    if builder.records.count > limits.nodes {
      throw fail("the file has more than \(limits.nodes) values", "reading stops here")
    }
    let start = at
    switch peek() {
    case UInt8(ascii: "{"):
      at += 1
      skipSpace()
      if peek() == UInt8(ascii: "}") {
        at += 1
        return builder.collection(.mapping, start: start, end: at, items: [])
      }
      try deeper()
      var new = Open(isMapping: true, start: start)
      try key(&new)
      open.append(new)
      return nil
    case UInt8(ascii: "["):
      at += 1
      skipSpace()
      if peek() == UInt8(ascii: "]") {
        at += 1
        return builder.collection(.sequence, start: start, end: at, items: [])
      }
      try deeper()
      open.append(Open(isMapping: false, start: start))
      return nil
    case UInt8(ascii: "\""):
      return try string()
    case UInt8(ascii: "t"): return try word("true", .bool)
    case UInt8(ascii: "f"): return try word("false", .bool)
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"): return try number()
    case let digit? where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit): return try number()
    case nil: throw fail("the file ends where a value should be", "expected a value")
    default: throw fail("this is not JSON", "expected a value")
    }
  }

  private func deeper() throws(JSONSyntaxError) {
    if open.count >= limits.depth {
      throw fail("the file nests more than \(limits.depth) levels deep", "this is one level too many", at: at - 1)
    }
  }

  private mutating func key(_ open: inout Open) throws(JSONSyntaxError) {
    skipSpace()
    guard peek() == UInt8(ascii: "\"") else { throw fail("this is not JSON", "expected a key in quotes") }
    let key = try string()
    skipSpace()
    guard peek() == UInt8(ascii: ":") else { throw fail("this is not JSON", "expected `:` after the key") }
    at += 1
    let record = builder.records[Int(key)]
    let text = builder.text(of: key, in: bytes)
    if let earlier = open.keys[text] {
      diagnostics.append(duplicate(text, record, builder.records[Int(earlier)]))
    } else {
      open.keys[text] = key
    }
    open.items.append(key)
  }

  private func duplicate(_ text: String, _ record: NodeArena.Record, _ earlier: NodeArena.Record) -> Diagnostic {
    TextChecks.duplicateKey(
      text, SourceRange(file: file.id, start: record.start, end: record.end),
      SourceRange(file: file.id, start: earlier.start, end: earlier.end))
  }

  private mutating func word(_ word: StaticString, _ kind: Node.Kind) throws(JSONSyntaxError) -> UInt32 {
    let text = word.description
    guard bytes[at...].starts(with: text.utf8) else { throw fail("this is not JSON", "expected a value") }
    let start = at
    at += text.utf8.count
    return builder.scalar(kind, start: start, end: at, text: start..<at)
  }

  private mutating func number() throws(JSONSyntaxError) -> UInt32 {
    let start = at
    var kind = Node.Kind.integer
    if peek() == UInt8(ascii: "-") { at += 1 }
    if peek() == UInt8(ascii: "0") {
      at += 1
      if let next = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) {
        throw fail("a number starts with a zero", "expected no digit after the leading 0")
      }
    } else {
      try digits()
    }
    if peek() == UInt8(ascii: ".") {
      at += 1
      kind = .float
      try digits()
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      at += 1
      kind = .float
      if peek() == UInt8(ascii: "-") || peek() == UInt8(ascii: "+") { at += 1 }
      try digits()
    }
    return builder.scalar(kind, start: start, end: at, text: start..<at)
  }

  private mutating func digits() throws(JSONSyntaxError) {
    let start = at
    while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
    if at == start { throw fail("this is not a number", "expected a digit") }
  }

  private mutating func string() throws(JSONSyntaxError) -> UInt32 {
    let start = at
    at += 1
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        at += 1
        return builder.scalar(.string, start: start, end: at, text: (start + 1)..<(at - 1))
      case UInt8(ascii: "\\"):
        return try escaped(start)
      case 0..<0x20:
        throw fail("a string holds a control character", "expected it escaped, or the closing quote before it")
      default: at += 1
      }
    }
    throw fail("the file ends inside a string", "expected the closing quote", at: start)
  }

  /// Goes on with a string that holds escapes, from its first one.
  private mutating func escaped(_ start: Int) throws(JSONSyntaxError) -> UInt32 {
    var text = Array(bytes[(start + 1)..<at])
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""):
        return builder.scalar(.string, start: start, end: at, owned: String(decoding: text, as: UTF8.self))
      case UInt8(ascii: "\\"):
        guard let next = peek() else { break }
        at += 1
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(next)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"): text.append(contentsOf: try unicode().utf8)
        default:
          throw fail(
            "a string holds an unknown escape", "expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u", at: at - 2)
        }
      case 0..<0x20:
        throw fail("a string holds a control character", "expected it escaped", at: at - 1)
      default: text.append(byte)
      }
    }
    throw fail("the file ends inside a string", "expected the closing quote", at: start)
  }

  private mutating func unicode() throws(JSONSyntaxError) -> String {
    let first = try hexadecimal()
    var scalar = UInt32(first)
    if (0xD800..<0xDC00).contains(first) {
      guard bytes[min(at, bytes.count)...].starts(with: Array("\\u".utf8)) else {
        throw fail("half of a surrogate pair stands alone", "expected \\u and the other half")
      }
      at += 2
      let second = try hexadecimal()
      guard (0xDC00..<0xE000).contains(second) else {
        throw fail("half of a surrogate pair stands alone", "expected the other half", at: at - 6)
      }
      scalar = 0x10000 + ((UInt32(first) - 0xD800) << 10) + (UInt32(second) - 0xDC00)
    }
    guard let character = Unicode.Scalar(scalar) else {
      throw fail("half of a surrogate pair stands alone", "expected the first half before it", at: at - 6)
    }
    return String(Character(character))
  }

  private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fail("an escape is not complete", "expected four hexadecimal digits")
      }
      value = value << 4 | UInt16(digit)
      at += 1
    }
    return value
  }
}

extension NodeArenaBuilder {
  /// The text of a scalar that was added.
  func text(of index: UInt32, in bytes: [UInt8]) -> String {
    let record = records[Int(index)]
    if record.isOwned { return ownedText(record) }
    return String(decoding: bytes[Int(record.text)..<(Int(record.text) + Int(record.count))], as: UTF8.self)
  }
}
