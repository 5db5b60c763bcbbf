import Diagnostics
import Documents

/// Documents of both formats.
extension Promises {
  /// Visits per document: aliases make trees that are far larger than their text.
  private static let mostVisits = 20_000

  mutating func readYAML(_ bytes: [UInt8]) {
    var sources = SourceMap()
    let file = sources.add(path: "fuzz.yaml", bytes: bytes)
    visit(YAMLReader.read(sources[file]), in: sources)
  }

  mutating func readJSON(_ bytes: [UInt8]) {
    var sources = SourceMap()
    let file = sources.add(path: "fuzz.json", bytes: bytes)
    visit(JSONReader.read(sources[file]), in: sources)
  }

  /// The documents of bytes whose first character tells the format, as standard input is read.
  mutating func documents(_ bytes: [UInt8], in sources: inout SourceMap) -> [Document] {
    let file = sources.add(path: "stdin", bytes: bytes)
    let result = DocumentReader.read(sources[file])
    expectFit(result.diagnostics, in: sources)
    return result.documents
  }

  private mutating func visit(_ result: ReadResult, in sources: SourceMap) {
    expectFit(result.diagnostics, in: sources)
    for document in result.documents {
      for comment in document.comments { expectFit(comment.range, in: sources) }
      var left = Self.mostVisits
      visit(document.root, &left, in: sources)
    }
  }

  private mutating func visit(_ node: Node, _ left: inout Int, in sources: SourceMap) {
    left -= 1
    guard left > 0 else { return }
    expectFit(node.range, in: sources)
    _ = (node.text, node.string, node.bool, node.integer, node.double, node.tag)
    expect(node.isScalar == (node.text != nil), "a scalar without text")
    for element in node.elements { visit(element, &left, in: sources) }
    for pair in node.pairs.prefix(max(left, 0)) {
      visit(pair.key, &left, in: sources)
      if node.count < 100, let key = pair.key.text { expect(node[key] != nil, "a key that stands there is not found") }
      visit(pair.value, &left, in: sources)
    }
  }
}
