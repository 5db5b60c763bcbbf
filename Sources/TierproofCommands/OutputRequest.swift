/// One `--format` option: a format, and the file that it goes to if not to standard output.
struct OutputRequest<Format: RawRepresentable<String>> {
  var format: Format
  var file: OutputFile?

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
}
