/// A rule that results refer to (`reportingDescriptor`, 3.49).
package struct SARIFRule: Equatable, Sendable {
  /// The stable id: `TIER-001`.
  package var id: String
  /// One word in Pascal case, as Azure DevOps requires: `InternetReachesDatabase`.
  package var name: String
  /// One sentence.
  package var summary: String
  /// What the rule proves and why that matters, as plain text.
  package var description: String
  /// The page shown beside an alert.
  ///
  /// GitHub requires the text and prefers the Markdown where it is there.
  package var help: (text: String, markdown: String)
  package var helpURI: String?
  package var level: SARIFLevel
  package var severity: SARIFSecuritySeverity?
  /// Control ids and topics; at most ten are shown.
  package var tags: [String]

  package init(
    id: String, name: String, summary: String, description: String, help: (text: String, markdown: String),
    helpURI: String? = nil, level: SARIFLevel, severity: SARIFSecuritySeverity? = nil, tags: [String] = []
  ) {
    self.id = id
    self.name = name
    self.summary = summary
    self.description = description
    self.help = help
    self.helpURI = helpURI
    self.level = level
    self.severity = severity
    self.tags = tags
  }

  package static func == (one: SARIFRule, other: SARIFRule) -> Bool {
    one.json == other.json
  }
}

/// A severity from 0.1 to 10.0 in tenths: critical above 9.0, high from 7.0, medium from 4.0, low below.
///
/// A type of its own because the schema has no say in a property bag: a number instead of a *string* that holds one
/// passes every validator and makes the upload fail.
package struct SARIFSecuritySeverity: Hashable, Sendable {
  /// The severity in tenths, 1 to 100.
  package let tenths: Int

  /// A severity of so many tenths, brought into the range that consumers accept.
  package init(tenths: Int) {
    self.tenths = min(max(tenths, 1), 100)
  }

  /// As written: `7.5`.
  package var text: String {
    "\(tenths / 10).\(tenths % 10)"
  }
}

extension SARIFRule {
  var json: JSONValue {
    .members([
      "id": .string(id),
      "name": .string(name.shortened(to: 255)),
      "shortDescription": .members(["text": .string(summary.shortened(to: 1024))]),
      "fullDescription": .members(["text": .string(description.shortened(to: 1024))]),
      "defaultConfiguration": .members(["level": .string(level.rawValue)]),
      "help": .members(["text": .string(help.text), "markdown": .string(help.markdown)]),
      "helpUri": helpURI.map(JSONValue.string),
      "properties": .members([
        // A proof is not a guess: there is no rule here of a lower precision.
        "precision": .string("very-high"),
        "problem.severity": .string(level == .note ? "recommendation" : level.rawValue),
        "security-severity": severity.map { .string($0.text) },
        "tags": .nonEmpty(tags.prefix(10).map(JSONValue.string)),
      ]),
    ])
  }
}

extension String {
  /// The text itself, or its beginning and an ellipsis: `limit` characters at most.
  fileprivate func shortened(to limit: Int) -> String {
    count <= limit ? self : prefix(limit - 1) + "…"
  }
}
