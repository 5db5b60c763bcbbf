package import Foundation

import Diagnostics
import Documents

// As JSON; a reference is written `filter#3`.
extension SavedValue {
  /// The text of a file, ended by a line break; short values stand on one line.
  package var fileText: String { text(indent: "") + "\n" }

  private func text(indent: String) -> String {
    let line = self.line
    if line.count + indent.count <= 120 { return line }
    let deeper = indent + "  "
    switch self {
    case .list(let elements):
      return "[\n" + elements.map { deeper + $0.text(indent: deeper) }.joined(separator: ",\n") + "\n\(indent)]"
    case .record(let fields):
      let lines = fields.map { "\(deeper)\(Self.quoted($0.name)): \($0.value.text(indent: deeper))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    default: return line
    }
  }

  private var line: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .number(let number): String(number)
    case .flag(let flag): String(flag)
    case .reference(let kind, let number): Self.quoted("\(kind)#\(number)")
    case .list(let elements): "[" + elements.map(\.line).joined(separator: ", ") + "]"
    case .record(let fields):
      "{" + fields.map { "\(Self.quoted($0.name)): \($0.value.line)" }.joined(separator: ", ") + "}"
    }
  }

  /// Names and texts here are plain: letters, digits and marks.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
  }

  package init(contentsOf url: URL) throws {
    try self.init(reading: [UInt8](try Data(contentsOf: url)), named: url.path)
  }

  package init(reading bytes: [UInt8], named name: String) throws {
    let result = JSONReader.read(SourceFile(id: FileID(rawValue: 0), path: name, bytes: bytes))
    guard let root = result.documents.first?.root, result.diagnostics.isEmpty else {
      throw SavedError("\(name) is not JSON: \(result.diagnostics)")
    }
    try self.init(root)
  }

  private init(_ node: Node) throws {
    if node.kind == .sequence {
      self = .list(try node.elements.map { try SavedValue($0) })
    } else if node.kind == .mapping {
      self = .record(try node.pairs.map { Field($0.key.text ?? "", try SavedValue($0.value)) })
    } else if let text = node.string {
      let parts = text.split(separator: "#")
      if parts.count == 2, let number = Int(parts[1]) {
        self = .reference(String(parts[0]), number)
      } else {
        self = .text(text)
      }
    } else if let flag = node.bool {
      self = .flag(flag)
    } else if let number = node.integer {
      self = .number(number)
    } else {
      throw SavedError("a value that is no text, number or truth")
    }
  }
}
