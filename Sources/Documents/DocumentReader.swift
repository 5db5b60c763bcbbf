package import Diagnostics

/// Reads a file in the format that its name or its first character tells.
package enum DocumentReader {
  package static func read(_ file: SourceFile, limits: InputLimits = .standard) -> ReadResult {
    let path = file.path.lowercased()
    if path.hasSuffix(".json") { return JSONReader.read(file, limits: limits) }
    if path.hasSuffix(".yaml") || path.hasSuffix(".yml") || !startsAsJSON(file) {
      return YAMLReader.read(file, limits: limits)
    }
    let result = JSONReader.read(file, limits: limits)
    guard result.documents.isEmpty else { return result }
    // YAML may begin with a brace as well. If it is neither, what was said of the JSON is more to the point.
    let yaml = YAMLReader.read(file, limits: limits)
    return yaml.diagnostics.isEmpty ? yaml : result
  }

  private static func startsAsJSON(_ file: SourceFile) -> Bool {
    let bytes = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? file.bytes.dropFirst(3) : file.bytes[...]
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }
}
