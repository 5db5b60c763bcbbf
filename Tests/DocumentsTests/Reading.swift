import Diagnostics
import Documents
import Testing

/// Reads a text that must be without fault, and gives its documents.
func documents(_ text: String, path: String = "a.yaml") throws -> [Document] {
  let result = read(text, path: path)
  try #require(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message))")
  return result.documents
}

/// The root of a text of one document that must be without fault.
func root(_ text: String, path: String = "a.yaml") throws -> Node {
  let documents = try documents(text, path: path)
  try #require(documents.count == 1)
  return documents[0].root
}

/// Reads a text, faults and all.
func read(_ text: String, path: String = "a.yaml", limits: InputLimits = .standard) -> ReadResult {
  read(Array(text.utf8), path: path, limits: limits)
}

func read(_ bytes: [UInt8], path: String = "a.yaml", limits: InputLimits = .standard) -> ReadResult {
  DocumentReader.read(SourceFile(id: FileID(rawValue: 0), path: path, bytes: bytes), limits: limits)
}

/// The limits with one of them changed.
func limits(_ limit: WritableKeyPath<InputLimits, Int>, _ value: Int) -> InputLimits {
  var limits = InputLimits.standard
  limits[keyPath: limit] = value
  return limits
}

extension Node {
  /// The tree in one line, kinds and tags made visible, for comparing trees.
  var outline: String {
    let mark = tag.map { $0 + " " } ?? ""
    switch kind {
    case .null: return mark + "null"
    case .bool: return mark + (bool == true ? "true" : "false")
    case .integer: return mark + (integer.map(String.init) ?? "big " + (text ?? ""))
    case .float: return mark + (double.map { "\($0)" } ?? "?") + "f"
    case .string: return mark + (string ?? "").debugDescription
    case .sequence: return mark + "[" + elements.map(\.outline).joined(separator: ", ") + "]"
    case .mapping:
      return mark + "{" + pairs.map { "\($0.key.text ?? "?"): \($0.value.outline)" }.joined(separator: ", ") + "}"
    }
  }

  /// The ranges of all nodes in the order in which they start, each key and value once.
  var ranges: [SourceRange] {
    [range] + elements.flatMap(\.ranges) + pairs.flatMap { $0.key.ranges + $0.value.ranges }
  }
}
