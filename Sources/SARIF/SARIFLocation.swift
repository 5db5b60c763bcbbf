/// A place in one line of a source file (3.28), with what is said of it there.
///
/// One line: a pull request shows an alert only where *every* line of its region was changed, so a region that spans a
/// resource's whole block would never be seen. The type has no end line for that reason.
package struct SARIFLocation: Equatable, Sendable {
  /// Relative to the repository's root, `/` between the parts, not escaped.
  package var path: String
  /// From 1.
  package var line: Int
  /// Code points from 1, the end excluded; `nil` for the whole line.
  package var columns: Range<Int>?
  /// What happens here: a step's text, or a related place's.
  package var message: String?
  /// The key of the thing that is defined here: an ARN, `stack/LogicalId`, `cluster/namespace/Kind/name`.
  package var logicalName: String?

  package init(
    path: String, line: Int, columns: Range<Int>? = nil, message: String? = nil, logicalName: String? = nil
  ) {
    self.path = path
    self.line = line
    self.columns = columns
    self.message = message
    self.logicalName = logicalName
  }
}

extension SARIFLocation {
  /// The location as JSON.
  ///
  /// `id` is the number by which messages link to it: `[the route](3)`.
  func json(id: Int? = nil) -> JSONValue {
    .members([
      "id": id.map(JSONValue.integer),
      "physicalLocation": .members([
        // No `uriBaseId`: GitHub ignores it, so that the address must stand alone.
        "artifactLocation": .members(["uri": .string(uri)]),
        "region": .members([
          "startLine": .integer(max(line, 1)),
          "startColumn": columns.map { .integer(max($0.lowerBound, 1)) },
          "endLine": .integer(max(line, 1)),
          "endColumn": columns.map { .integer(max($0.upperBound, $0.lowerBound, 1)) },
        ]),
      ]),
      "logicalLocations": logicalName.map { .array([.members(["fullyQualifiedName": .string($0)])]) },
      "message": message.map { .members(["text": .string($0)]) },
    ])
  }

  /// The path as a relative reference (RFC 3986).
  ///
  /// A `:` is escaped too, for before the first slash it would end a scheme. Nothing is ever written as the empty
  /// reference, which makes an upload fail.
  private var uri: String {
    guard !path.isEmpty else { return "stdin" }
    var uri = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        uri += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return uri
  }
}
