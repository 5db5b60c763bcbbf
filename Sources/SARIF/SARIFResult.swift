/// One finding (3.27).
package struct SARIFResult: Equatable, Sendable {
  package var ruleID: String
  package var level: SARIFLevel
  /// The sentence of the alert.
  ///
  /// Its text, never an id with arguments, which GitHub does not resolve.
  package var message: String
  /// The one place.
  ///
  /// GitHub reads the first location and no other.
  package var location: SARIFLocation
  /// From the rule's id and the keys of source and target (`tierproof/v1`), never from a line's text: a finding keeps
  /// its identity when lines move.
  package var fingerprint: String
  /// One flow a witness path, the shortest first: viewers show the first.
  package var flows: [SARIFFlow]
  /// Further places, to which the message may link by number, from 1.
  package var related: [SARIFLocation]
  /// Facts for programs, by name: `traffic`, `verdict`.
  package var properties: [(name: String, value: String)]

  package init(
    ruleID: String, level: SARIFLevel, message: String, location: SARIFLocation, fingerprint: String,
    flows: [SARIFFlow], related: [SARIFLocation] = [], properties: [(name: String, value: String)] = []
  ) {
    self.ruleID = ruleID
    self.level = level
    self.message = message
    self.location = location
    self.fingerprint = fingerprint
    self.flows = flows
    self.related = related
    self.properties = properties
  }

  package static func == (one: SARIFResult, other: SARIFResult) -> Bool {
    one.json(ruleIndex: nil) == other.json(ruleIndex: nil)
  }
}

/// A path, step by step (`codeFlow` with its one `threadFlow`, 3.36 and 3.37).
package struct SARIFFlow: Equatable, Sendable {
  /// What the path is, in a line.
  package var message: String?
  package var steps: [SARIFStep]

  package init(message: String? = nil, steps: [SARIFStep]) {
    self.message = message
    self.steps = steps
  }
}

/// A hop at the place that permits it (`threadFlowLocation`, 3.38).
package struct SARIFStep: Equatable, Sendable {
  /// How much the step matters to who reads the path (3.38.13).
  package enum Importance: String, Sendable {
    case essential, important, unimportant
  }

  package var location: SARIFLocation
  package var importance: Importance
  /// 0 for the way there; 1 for what belongs to a hop, such as the way back.
  package var nesting: Int

  package init(_ location: SARIFLocation, importance: Importance = .important, nesting: Int = 0) {
    self.location = location
    self.importance = importance
    self.nesting = nesting
  }
}

extension SARIFResult {
  func json(ruleIndex: Int?) -> JSONValue {
    .members([
      "ruleId": .string(ruleID),
      "ruleIndex": ruleIndex.map(JSONValue.integer),
      "level": .string(level.rawValue),
      "message": .members(["text": .string(message)]),
      "locations": .array([location.json()]),
      // GitHub knows one name only. Left to itself it hashes the line, which makes one alert of two findings of one
      // rule at one line; ours is given under both names.
      "partialFingerprints": .members([
        "primaryLocationLineHash": .string(fingerprint),
        "tierproof/v1": .string(fingerprint),
      ]),
      "codeFlows": .nonEmpty(flows.map(\.json)),
      "relatedLocations": .nonEmpty(related.enumerated().map { $1.json(id: $0 + 1) }),
      "properties": properties.isEmpty
        ? nil : .object(properties.map { JSONValue.Member($0.name, .string($0.value)) }),
    ])
  }
}

extension SARIFFlow {
  var json: JSONValue {
    .members([
      "message": message.map { .members(["text": .string($0)]) },
      // Inline: GitHub does not look steps up by index in the run's `threadFlowLocations`.
      "threadFlows": .array([.members(["locations": .array(steps.map(\.json))])]),
    ])
  }
}

extension SARIFStep {
  var json: JSONValue {
    .members([
      "location": location.json(),
      "nestingLevel": .integer(nesting),
      "importance": .string(importance.rawValue),
    ])
  }
}
