import Documents

/// What a file seems to be, before it is parsed: by its name, and by words that no such file is without.
///
/// A guess in one direction only. A file that shows a kind must load, and says so if it does not; one that shows none is
/// counted and left alone, so that a repository's other YAML costs a scan and no parse.
enum InputKind: String, CaseIterable {
  /// A CloudFormation template.
  case template
  /// Kubernetes objects.
  case manifests
  /// The output of one describe call.
  case describe
}

extension InputKind {
  /// The kind that a file's name and words show, if any.
  static func shown(by path: FilePath, bytes: [UInt8]) -> InputKind? {
    guard isCandidate(path) else { return nil }
    if DescribeName(fileName: path.name) != nil { return .describe }
    if contains(bytes, "AWS::"), contains(bytes, "Resources") { return .template }
    if contains(bytes, "apiVersion"), contains(bytes, "kind") { return .manifests }
    return nil
  }

  /// Whether files of this name are opened at all.
  static func isCandidate(_ path: FilePath) -> Bool {
    ["json", "yaml", "yml", "template"].contains(path.suffix)
  }

  /// The kind that a document is of, by its own keys.
  static func of(_ root: Node) -> InputKind? {
    if root["apiVersion"]?.string != nil, root["kind"]?.string != nil { return .manifests }
    if let resources = root["Resources"], resources.kind == .mapping {
      let types = resources.pairs.lazy.compactMap { $0.value["Type"]?.string }
      if types.contains(where: { $0.contains("::") }) { return .template }
    }
    if root["AWSTemplateFormatVersion"] != nil { return .template }
    return nil
  }

  /// Whether a word stands anywhere in a file.
  private static func contains(_ bytes: [UInt8], _ word: StaticString) -> Bool {
    let word = Array(word.description.utf8)
    guard let first = word.first, bytes.count >= word.count else { return false }
    let rest = word[1...]
    var from = bytes.startIndex
    while let at = bytes[from...].firstIndex(of: first), at + word.count <= bytes.count {
      if bytes[(at + 1)..<(at + word.count)].elementsEqual(rest) { return true }
      from = at + 1
    }
    return false
  }
}
