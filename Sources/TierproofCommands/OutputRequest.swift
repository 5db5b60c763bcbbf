import ArgumentParser

/// One `--format` option: a format, and the file that it goes to if not to standard output.
struct OutputRequest<Format: RawRepresentable<String> & CaseIterable & Sendable>: Sendable {
  var format: Format
  var file: OutputFile?

  init(_ format: Format) {
    self.format = format
  }

  /// Reads `sarif` or `sarif=FILE`.
  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, let format = Format(rawValue: String(name)) else { return nil }
    self.format = format
    if parts.count == 2 {
      guard !parts[1].isEmpty else { return nil }
      file = OutputFile(path: String(parts[1]))
    }
  }

  /// The option's value, or what it may be.
  static func parse(_ argument: String) throws -> Self {
    guard let request = Self(argument: argument) else {
      throw ValidationError(
        "expected \(Format.allCases.map(\.rawValue).joined(separator: ", ")), or one of them and =FILE")
    }
    return request
  }

  /// Whether it goes where colours are seen: to a terminal.
  var takesColour: Bool { file == nil && StandardStream.output.takesColour }

  /// Writes the text to where it was asked for, in colour only to a terminal.
  func write(_ text: (_ colour: Bool) throws -> String) throws {
    try write(pieces: CollectionOfOne(Array(try text(takesColour).utf8)))
  }

  /// Writes piece after piece, as each is made.
  func write(pieces: some Sequence<[UInt8]>) throws {
    if let file {
      try file.write(pieces)
    } else {
      try StandardStream.output.writeAll(pieces)
    }
  }
}
