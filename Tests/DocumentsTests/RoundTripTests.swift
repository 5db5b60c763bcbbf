import Diagnostics
import Documents
import TestSupport
import Testing

@Suite struct `Round trips` {
  /// A value that JSON can say.
  indirect enum Value {
    case null, bool(Bool), integer(Int), float(Double), string(String), list([Value]), object([(String, Value)])

    static func random(_ depth: Int, _ generator: inout SeededGenerator) -> Value {
      switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
      case 0: return .null
      case 1: return .bool(.random(using: &generator))
      case 2: return .integer(Int(truncatingIfNeeded: generator.next()) >> Int.random(in: 0..<64, using: &generator))
      case 3: return .float(Double(bitPattern: generator.next()).finite)
      case 4: return .string(randomText(&generator))
      case 5:
        return .list((0..<Int.random(in: 0..<5, using: &generator)).map { _ in random(depth - 1, &generator) })
      default:
        return .object(
          (0..<Int.random(in: 0..<5, using: &generator)).map { number in
            (randomText(&generator) + "\(number)", random(depth - 1, &generator))
          })
      }
    }

    private static func randomText(_ generator: inout SeededGenerator) -> String {
      let some: [Unicode.Scalar] = [
        "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\t", "\u{8}", "\u{1F}", "\u{7F}", "é", "\u{301}", "漢", "😀", "#",
        ":",
        "{", "]", "'", "y", "~", "<", "&", "*", "!", "%", "@", "-", "\u{2028}",
      ]
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0..<8, using: &generator) {
        text.append(some.randomElement(using: &generator) ?? "a")
      }
      return String(text)
    }

    /// As JSON, with random space between the words.
    func json(_ generator: inout SeededGenerator) -> String {
      let space = [" ", "", "\n", " \n "].randomElement(using: &generator) ?? ""
      switch self {
      case .null: return "null" + space
      case .bool(let value): return "\(value)" + space
      case .integer(let value): return "\(value)" + space
      case .float(let value): return "\(value)" + space
      case .string(let value): return Value.quoted(value) + space
      case .list(let values):
        var parts: [String] = []
        for value in values { parts.append(space + value.json(&generator)) }
        return "[" + parts.joined(separator: ",") + "]" + space
      case .object(let pairs):
        var parts: [String] = []
        for (key, value) in pairs { parts.append(space + Value.quoted(key) + ": " + value.json(&generator)) }
        return "{" + parts.joined(separator: ",") + "}" + space
      }
    }

    static func quoted(_ text: String) -> String {
      var result = "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0x2028:
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
      }
      return result + "\""
    }

    /// As a block of YAML.
    func yaml(_ indent: String) -> String {
      switch self {
      case .list(let values) where !values.isEmpty:
        return "\n" + values.map { indent + "- " + $0.yaml(indent + "  ") }.joined(separator: "\n")
      case .object(let pairs) where !pairs.isEmpty:
        return "\n"
          + pairs.map { indent + Value.quoted($0.0) + ": " + $0.1.yaml(indent + "  ") }.joined(separator: "\n")
      case .list: return "[]"
      case .object: return "{}"
      case .null: return "~"
      case .bool(let value): return value ? "yes" : "off"
      case .integer(let value): return "\(value)"
      case .float(let value): return "\(value)"
      case .string(let value): return Value.quoted(value)
      }
    }

    /// As `Node.outline` says it.
    var outline: String {
      switch self {
      case .null: "null"
      case .bool(let value): "\(value)"
      case .integer(let value): "\(value)"
      case .float(let value): "\(value)f"
      case .string(let value): value.debugDescription
      case .list(let values): "[" + values.map(\.outline).joined(separator: ", ") + "]"
      case .object(let pairs): "{" + pairs.map { "\($0.0): \($0.1.outline)" }.joined(separator: ", ") + "}"
      }
    }
  }

  @Test func `a random value printed as JSON and as YAML is read back equal`() throws {
    for seed in UInt64(1)...1_000 {
      var generator = SeededGenerator(seed: seed)
      let value = Value.random(4, &generator)
      let json = value.json(&generator)
      #expect(try root(json, path: "a.json").outline == value.outline, "seed \(seed)")
      #expect(try root(value.yaml(""), path: "a.yaml").outline == value.outline, "seed \(seed)")
      if !json.contains("\u{7F}") { #expect(try root(json, path: "a.yaml").outline == value.outline, "seed \(seed)") }
    }
  }

  @Test func `text with random damage is read or refused, with every place inside the file`() {
    var generator = SeededGenerator(seed: 7)
    let yaml = Array(
      "# c\na: &x [1, 'b', \"c\\n\"]\nd: {e: *x, <<: {f: g}}\nh: |\n  text\n  more\n---\n- !Ref é\n- ? k\n  : v\n".utf8)
    let json = Array(#"{"a": [1, -2.5e3, "b\n\u00e9", {"c": null}], "é": true}"#.utf8)
    let signs = Array("[]{},:-?&*!|>'\"%@`#\n\t \\<~0e.\u{7F}é".utf8) + [0, 0xFF, 0xC3]
    for round in 0..<6_000 {
      let isJSON = round % 2 == 0
      var bytes = isJSON ? json : yaml
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let at = Int.random(in: 0..<bytes.count, using: &generator)
        let sign = signs.randomElement(using: &generator) ?? 0
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[at] = sign
        case 1: bytes.insert(sign, at: at)
        case 2:
          bytes.removeSubrange(at..<max(at, min(at + Int.random(in: 1...8, using: &generator), bytes.count - 1)))
        default: bytes = Array(bytes[...at])
        }
      }
      let file = SourceFile(id: FileID(rawValue: 0), path: isJSON ? "a.json" : "a.yaml", bytes: bytes)
      let result = DocumentReader.read(file)
      var map = SourceMap()
      _ = map.add(path: file.path, bytes: bytes)
      for diagnostic in result.diagnostics {
        #expect(!DiagnosticRenderer(colour: false).render(diagnostic, in: map).isEmpty)
      }
      let labels = result.diagnostics.flatMap { [$0.primary].compactMap(\.self) + $0.secondary }.map(\.range)
      let comments = result.documents.flatMap(\.comments).map(\.range)
      for range in labels + comments + result.documents.flatMap(\.root.ranges) {
        #expect(range.start <= range.end && Int(range.end) <= bytes.count, "round \(round): \(bytes)")
      }
    }
  }
}

extension Double {
  fileprivate var finite: Double { isFinite ? self : 0.5 }
}
