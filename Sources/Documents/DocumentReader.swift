package import Diagnostics

/// Reads a file in the format that its name or its first character tells.
package enum DocumentReader {
  package static func read(_ file: SourceFile, limits: DocumentLimits = .standard) -> ReadResult {
    isJSON(file) ? JSONReader.read(file, limits: limits) : YAMLReader.read(file, limits: limits)
  }

  private static func isJSON(_ file: SourceFile) -> Bool {
    if file.path.lowercased().hasSuffix(".json") { return true }
    if file.path.lowercased().hasSuffix(".yaml") || file.path.lowercased().hasSuffix(".yml") { return false }
    let first = file.bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }
}
