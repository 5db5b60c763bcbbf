/// Something about the run and not about the network: an input that could not be read, a gap, an assumption (3.58).
package struct SARIFNotification: Equatable, Sendable {
  /// The diagnostic's stable code.
  package var code: String
  package var level: SARIFLevel
  package var message: String
  package var location: SARIFLocation?

  package init(code: String, level: SARIFLevel, message: String, location: SARIFLocation? = nil) {
    self.code = code
    self.level = level
    self.message = message
    self.location = location
  }
}

extension SARIFNotification {
  var json: JSONValue {
    .members([
      "descriptor": .members(["id": .string(code)]),
      "level": .string(level.rawValue),
      "message": .members(["text": .string(message)]),
      "locations": location.map { .array([$0.json()]) },
    ])
  }
}
