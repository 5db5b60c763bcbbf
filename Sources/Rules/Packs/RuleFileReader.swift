package import Diagnostics
import Documents

/// Reads rules from a YAML file: the packs that come with the program, and those of a project.
package struct RuleFileReader {
  package private(set) var rules: [Rule] = []
  package private(set) var diagnostics: [Diagnostic] = []
  private let isBuiltIn: Bool

  private static let keys = [
    "id", "slug", "title", "level", "security-severity", "parameters", "properties", "why", "mend", "controls",
  ]

  package init(_ file: SourceFile, isBuiltIn: Bool = false) {
    self.isBuiltIn = isBuiltIn
    let result = DocumentReader.read(file)
    diagnostics = result.diagnostics
    guard let root = result.documents.first?.root else { return }
    if root["version"]?.integer != 1 {
      report(
        "a rule file begins with `version: 1`", root.range, "this is version \(root["version"]?.text ?? "nothing")")
    }
    for node in root["rules"]?.elements.map({ $0 }) ?? [] { read(node) }
    if rules.isEmpty, diagnostics.isEmpty { report("there are no rules in this file", root.range, "expected `rules:`") }
  }

  private mutating func read(_ node: Node) {
    for pair in node.pairs where !Self.keys.contains(pair.key.text ?? "") {
      let word = pair.key.text ?? ""
      report(
        "unknown key `\(word)` in a rule", pair.key.range,
        Spelling.nearest(to: word, among: Self.keys).map { "did you mean `\($0)`?" } ?? "")
    }
    guard let id = node["id"]?.text, let title = node["title"]?.text else {
      return report("a rule has an id and a title", node.range, "one of them is missing")
    }
    if let known = rules.first(where: { $0.id == id }) {
      return report("two rules are called `\(known.id)`", node.range, "ids are never used twice")
    }
    let lines = (node["properties"]?.elements.map { $0 } ?? []).compactMap { line in
      line.text.map { Rule.Line(text: $0, range: line.range) }
    }
    if lines.isEmpty {
      report("the rule `\(id)` states nothing", node.range, "expected `properties:` with a line or more")
    }
    var level = Rule.Level.error
    if let written = node["level"] {
      if let known = written.text.flatMap({ Rule.Level(rawValue: $0) }) {
        level = known
      } else {
        report("this is not a level", written.range, "expected error, warning or note")
      }
    }
    let parameters = (node["parameters"]?.pairs.map { $0 } ?? []).compactMap { pair in
      pair.key.text.flatMap { key in pair.value.text.map { (key, $0) } }
    }
    rules.append(
      Rule(
        id: id, slug: node["slug"]?.text ?? id, title: title, level: level,
        severity: severity(node["security-severity"]), properties: lines,
        parameters: Dictionary(parameters) { first, _ in first }, why: node["why"]?.text ?? "",
        mend: node["mend"]?.text ?? "", controls: controls(node["controls"]), isBuiltIn: isBuiltIn))
  }

  /// Tenths; code scanning knows 0 to 10.
  private mutating func severity(_ node: Node?) -> Int {
    guard let node else { return 0 }
    guard let number = node.double, (0...10).contains(number) else {
      report("this is not a severity", node.range, "expected a number from 0 to 10")
      return 0
    }
    return Int(number * 10 + 0.5)
  }

  private func controls(_ node: Node?) -> [Rule.Control] {
    (node?.elements.map { $0 } ?? []).compactMap { entry in
      guard let framework = entry["framework"]?.text, let id = entry["id"]?.text else { return nil }
      return Rule.Control(framework: framework, id: id, basis: entry["basis"]?.text ?? "unverified")
    }
  }

  private mutating func report(_ message: String, _ range: SourceRange, _ label: String) {
    diagnostics.append(
      Diagnostic(
        code: "TP0401", severity: .error, message: message, primary: Diagnostic.Label(range: range, text: label)))
  }
}
