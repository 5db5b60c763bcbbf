/// A JSON value whose members keep the order in which they are given.
///
/// A writer of our own, not `JSONEncoder`: the order of the specification's examples is the order in which people read
/// a log (version before runs, tool before results), an encoder can only sort by name, and what is written here needs
/// nothing but the standard library.
package indirect enum JSONValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// One name and its value.
  package struct Member: Equatable, Sendable {
    package var name: String
    package var value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// An object of those members that are there: what is `nil` is left out.
  package static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { name, value in value.map { Member(name, $0) } })
  }

  /// An array that is not written at all when it is empty.
  package static func nonEmpty(_ elements: [JSONValue]) -> JSONValue? {
    elements.isEmpty ? nil : .array(elements)
  }

  /// The same bytes for the same value, always: two spaces a level, one line feed at the end.
  package var text: String {
    var writer = JSONWriter()
    writer.write(self, indent: 0)
    return writer.text + "\n"
  }

  /// The value as it stands in a larger text that is written piece by piece: without an indent before it or a line feed behind.
  package func text(atDepth depth: Int) -> String {
    var writer = JSONWriter()
    writer.write(self, indent: depth)
    return writer.text
  }

  /// The value on one line, with no space between tokens.
  package var line: String {
    var writer = JSONWriter()
    writer.write(self, indent: nil)
    return writer.text
  }
}

/// Puts a value down byte by byte.
private struct JSONWriter {
  private var bytes: [UInt8] = []

  var text: String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// Writes the value; `indent` is the depth of the line that it starts on, `nil` for everything on one line.
  mutating func write(_ value: JSONValue, indent: Int?) {
    switch value {
    case .null: append("null")
    case .boolean(let value): append(value ? "true" : "false")
    case .integer(let value): append(String(value))
    case .string(let value): write(value)
    case .array(let elements):
      write(elements, between: ("[", "]"), indent: indent) { writer, element, indent in
        writer.write(element, indent: indent)
      }
    case .object(let members):
      write(members, between: ("{", "}"), indent: indent) { writer, member, indent in
        writer.write(member.name)
        writer.append(indent == nil ? ":" : ": ")
        writer.write(member.value, indent: indent)
      }
    }
  }

  private mutating func write<Element>(
    _ elements: [Element], between brackets: (String, String), indent: Int?,
    each: (inout JSONWriter, Element, Int?) -> Void
  ) {
    append(brackets.0)
    let inner = indent.map { $0 + 1 }
    for (index, element) in elements.enumerated() {
      if index > 0 { append(",") }
      breakLine(inner)
      each(&self, element, inner)
    }
    if !elements.isEmpty { breakLine(indent) }
    append(brackets.1)
  }

  private mutating func breakLine(_ indent: Int?) {
    guard let indent else { return }
    append("\n")
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  /// RFC 8259, section 7: quotation mark, reverse solidus and the control characters must be escaped, nothing else.
  private mutating func write(_ string: String) {
    append("\"")
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\r"): append("\\r")
      case UInt8(ascii: "\t"): append("\\t")
      case 0..<0x20: append((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    append("\"")
  }
}
