/// One run of the tool: its rules, what they found, and what could not be looked at (3.14).
package struct SARIFRun: Equatable, Sendable {
  /// The version of the tool, as semantic versioning writes it: `0.1.0`.
  package var version: String
  /// Where the tool is described, if anywhere.
  package var informationURI: String?
  /// Tells this run from others of the same commit.
  ///
  /// The category in code scanning.
  package var category: String
  package var rules: [SARIFRule]
  package var results: [SARIFResult]
  /// Inputs that could not be read, gaps and assumptions: what the results do not speak of.
  package var notifications: [SARIFNotification]
  /// False when some input could not be read.
  package var succeeded: Bool

  package init(
    version: String, informationURI: String? = nil, category: String = "tierproof", rules: [SARIFRule],
    results: [SARIFResult], notifications: [SARIFNotification] = [], succeeded: Bool = true
  ) {
    self.version = version
    self.informationURI = informationURI
    self.category = category
    self.rules = rules
    self.results = results
    self.notifications = notifications
    self.succeeded = succeeded
  }
}

extension SARIFRun {
  var json: JSONValue {
    let indexOfRule = Dictionary(
      rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    return .members([
      "tool": .members([
        "driver": .members([
          "name": .string("tierproof"),
          // Azure DevOps' Advanced Security refuses a driver without a full name.
          "fullName": .string("Tierproof \(version)"),
          "version": .string(version),
          "semanticVersion": .string(version),
          "informationUri": informationURI.map(JSONValue.string),
          "rules": .array(rules.map(\.json)),
        ])
      ]),
      // Inputs skipped and gaps are told here and not as results: they are about the run, and no line of a pull
      // request mends them. GitHub ignores them; the SARIF viewers list them.
      "invocations": .array([
        .members([
          "executionSuccessful": .boolean(succeeded),
          "toolExecutionNotifications": .nonEmpty(notifications.map(\.json)),
        ])
      ]),
      // `category/run`: what stands before the last slash is the category, and the run has no name of its own, since
      // a clock or a counter would make two outputs for one input.
      "automationDetails": .members(["id": .string(category + "/")]),
      "columnKind": .string("unicodeCodePoints"),
      // Always there, though it be empty: a run without `results` is one that looked at nothing.
      "results": .array(results.map { $0.json(ruleIndex: indexOfRule[$0.ruleID]) }),
    ])
  }
}
