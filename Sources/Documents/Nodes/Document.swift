package import Diagnostics

/// One document of a file: a tree of nodes, and the comments beside it.
package struct Document: Sendable {
  package enum Format: Hashable, Sendable { case yaml, json }

  /// A remark in the text, without its `#`.
  package struct Comment: Hashable, Sendable {
    package var range: SourceRange
    package var text: String
  }

  package let file: FileID
  package let root: Node
  /// Comments before and in the document.
  package let comments: [Comment]
  /// Its place in a stream of several documents.
  package let index: Int
  package let format: Format

  /// How many values it holds, each counted once, however many aliases stand for it.
  package var nodeCount: Int { root.arena.records.count }

  init(file: FileID, root: Node, comments: [Comment], index: Int, format: Format) {
    self.file = file
    self.root = root
    self.comments = comments
    self.index = index
    self.format = format
  }
}

/// What became of a file: documents, and what is wrong with it. A malformed document keeps those before it.
package struct ReadResult: Sendable {
  package var documents: [Document]
  package var diagnostics: [Diagnostic]

  package init(documents: [Document] = [], diagnostics: [Diagnostic] = []) {
    self.documents = documents
    self.diagnostics = diagnostics
  }
}
