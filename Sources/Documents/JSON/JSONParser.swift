import Diagnostics

/// The parser's state: bytes, a position, and the collections that are open.
struct JSONParser {
  private struct Open {
    var isObject: Bool
    var start: Int
    /// Where its children begin among the nodes that wait.
    var first: Int
    var keys = SeenKeys()
  }

  let bytes: [UInt8]
  private let limits: InputLimits
  private(set) var builder: NodeArenaBuilder
  private(set) var problems = Problems()
  var at = 0
  private var open: [Open] = []

  init(file: SourceFile, limits: InputLimits) {
    self.limits = limits
    bytes = file.bytes
    builder = NodeArenaBuilder(file)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  /// Reads the whole text; gives the node of its one value.
  mutating func parse() throws(JSONSyntaxError) -> UInt32 {
    skipSpace()
    if at == bytes.count { throw failure("the file is empty", "expected a value") }
    while true {
      guard var finished = try value() else { continue }
      while true {
        guard let top = open.last else {
          skipSpace()
          if at < bytes.count {
            throw failure("text follows the end of the document", "the document ended before this")
          }
          return finished
        }
        builder.wait(finished)
        skipSpace()
        guard at < bytes.count else { throw endInside(top) }
        if bytes[at] == UInt8(ascii: ",") {
          try comma(in: top)
          break
        }
        guard bytes[at] == (top.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { throw noEnd(of: top) }
        at += 1
        open.removeLast()
        finished = builder.collection(
          top.isObject ? .mapping : .sequence, start: top.start, end: at, waitingFrom: top.first)
      }
    }
  }

  private mutating func comma(in top: Open) throws(JSONSyntaxError) {
    let comma = at
    at += 1
    skipSpace()
    guard at < bytes.count else { throw endInside(top) }
    if bytes[at] == UInt8(ascii: "}") || bytes[at] == UInt8(ascii: "]") { throw commaBeforeEnd(comma, of: top) }
    if top.isObject { try key() }
  }

  func peek() -> UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    var at = at
    while at < bytes.count, bytes[at] <= 0x20 {
      guard bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 else { break }
      at += 1
    }
    self.at = at
  }

  /// Reads a scalar or an empty collection; opens a collection and gives `nil`.
  private mutating func value() throws(JSONSyntaxError) -> UInt32? {
    // What is open is a value too.
    if builder.records.count + open.count >= limits.nodes { throw tooMany() }
    skipSpace()
    guard at < bytes.count else { throw failure("the file ends where a value should be", "expected a value") }
    switch bytes[at] {
    case UInt8(ascii: "\""): return try string()
    case UInt8(ascii: "{"): return try begin(isObject: true)
    case UInt8(ascii: "["): return try begin(isObject: false)
    case UInt8(ascii: "t"): return try word("true", .bool)
    case UInt8(ascii: "f"): return try word("false", .bool)
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw noValue("expected a value")
    }
  }

  private mutating func begin(isObject: Bool) throws(JSONSyntaxError) -> UInt32? {
    let start = at
    at += 1
    skipSpace()
    if peek() == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
      at += 1
      return builder.collection(
        isObject ? .mapping : .sequence, start: start, end: at, waitingFrom: builder.waiting.count)
    }
    if open.count >= limits.depth { throw tooDeep(start) }
    open.append(Open(isObject: isObject, start: start, first: builder.waiting.count))
    if isObject { try key() }
    return nil
  }

  /// Reads a key and its colon into the innermost open object.
  private mutating func key() throws(JSONSyntaxError) {
    guard peek() == UInt8(ascii: "\"") else { throw noValue("expected a key in double quotes") }
    let key = try string()
    let top = open.count - 1
    if let earlier = open[top].keys.earlier(than: key, waitingFrom: open[top].first, in: builder) {
      problems.append(
        Problems.duplicateKey(builder.text(of: key), builder.range(of: key), earlier: builder.range(of: earlier)))
    }
    builder.wait(key)
    skipSpace()
    guard peek() == UInt8(ascii: ":") else { throw failure("this is not JSON", "expected `:` after the key") }
    at += 1
  }

  private mutating func word(_ word: StaticString, _ kind: Node.Kind) throws(JSONSyntaxError) -> UInt32 {
    let text = word.description.utf8
    guard bytes[at...].starts(with: text) else { throw noValue("expected a value") }
    let start = at
    at += text.count
    return builder.scalar(kind, start: start, end: at, text: start..<at)
  }

  private mutating func number() throws(JSONSyntaxError) -> UInt32 {
    let start = at
    var kind = Node.Kind.integer
    if peek() == UInt8(ascii: "-") { at += 1 }
    if peek() == UInt8(ascii: "0") {
      at += 1
      if let next = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) {
        throw failure("a number starts with a zero", "expected no digit after the leading 0")
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
    if at == start { throw failure("this is not a number", "expected a digit") }
  }

  private mutating func string() throws(JSONSyntaxError) -> UInt32 {
    let start = at
    var at = start + 1
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        self.at = at + 1
        return builder.scalar(.string, start: start, end: at + 1, text: (start + 1)..<at)
      }
      if byte == UInt8(ascii: "\\") {
        self.at = at
        let text = try escapedText(from: start)
        return builder.scalar(.string, start: start, end: self.at, owned: text)
      }
      if byte < 0x20 { throw control(at) }
      at += 1
    }
    throw openString(start)
  }
}

// MARK: Messages

extension JSONParser {
  func failure(_ message: String, _ expected: String, at offset: Int? = nil) -> JSONSyntaxError {
    JSONSyntaxError(offset: offset ?? at, message: message, expected: expected)
  }

  func control(_ offset: Int) -> JSONSyntaxError {
    failure(
      "a string holds a control character", "expected it escaped, or the closing quote before it", at: offset)
  }

  func openString(_ start: Int) -> JSONSyntaxError {
    failure("the file ends inside a string", "expected the closing quote of the string that opens here", at: start)
  }

  private func noValue(_ expected: String) -> JSONSyntaxError {
    var error = failure("this is not JSON", expected)
    switch peek() {
    case UInt8(ascii: "/"), UInt8(ascii: "#"): error.help = "JSON has no comments; remove them"
    case UInt8(ascii: "'"): error.help = "JSON has double quotes only"
    case UInt8(ascii: "N"), UInt8(ascii: "I"): error.help = "JSON has no NaN and no infinity"
    case UInt8(ascii: "T"), UInt8(ascii: "F"): error.help = "JSON writes true, false and null in small letters"
    case nil: error.message = "the file ends inside \(open.last?.isObject == true ? "an object" : "a list")"
    default: break
    }
    if error.message == "this is not JSON" { return error }
    error.opener = open.last.map { ($0.start, "it opens here") }
    return error
  }

  private func endInside(_ top: Open) -> JSONSyntaxError {
    var error = noEnd(of: top)
    error.message = "the file ends inside \(top.isObject ? "an object" : "a list")"
    return error
  }

  private func noEnd(of top: Open) -> JSONSyntaxError {
    var error = failure("this is not JSON", top.isObject ? "expected `,` or `}`" : "expected `,` or `]`")
    error.opener = (top.start, top.isObject ? "the object opens here" : "the list opens here")
    return error
  }

  private func commaBeforeEnd(_ comma: Int, of top: Open) -> JSONSyntaxError {
    failure(
      "a comma stands before the end of \(top.isObject ? "an object" : "a list")",
      top.isObject ? "expected another key after it" : "expected another value after it", at: comma)
  }

  private func tooDeep(_ start: Int) -> JSONSyntaxError {
    var error = failure(
      "the file nests more than \(limits.depth) levels deep", "this is one level too many", at: start)
    error.code = "TP0111"
    return error
  }

  private func tooMany() -> JSONSyntaxError {
    var error = failure("the file has more than \(limits.nodes) values", "reading stopped here")
    error.code = "TP0114"
    return error
  }
}
