extension Certificate {
  /// What of the inputs, and of how they are read, is another than when the certificate was written.
  ///
  /// - Parameters:
  ///   - inputs: the files as they are now.
  ///   - options: how they are read now.
  /// - Returns: one sentence each, with the file that differs.
  package func differences(fromInputs inputs: [Input], _ options: Options) -> [String] {
    var result: [String] = []
    func named(_ inputs: [Input]) -> [String: Input] {
      Dictionary(inputs.map { ("\($0.kind.rawValue) \($0.path)", $0) }) { first, _ in first }
    }
    let (old, new) = (named(self.inputs), named(inputs))
    for (name, input) in old.sorted(by: { $0.key < $1.key }) {
      guard let other = new[name] else {
        result.append("\(input.words) was read for the certificate and is not now")
        continue
      }
      if other.digest != input.digest {
        result.append("\(input.words) is another: its SHA-256 was \(input.digest), and is \(other.digest)")
      }
    }
    for (name, input) in new.sorted(by: { $0.key < $1.key }) where old[name] == nil {
      result.append("\(input.words) was not read for the certificate")
    }
    if self.options != options {
      result.append("it was made with \(self.options.words), and is checked with \(options.words)")
    }
    return result
  }
}

extension Certificate.Input {
  fileprivate var words: String {
    switch kind {
    case .input: path
    case .rules: "the rule file \(path)"
    case .pack: "the built-in \(path)"
    }
  }
}

extension Certificate.Options {
  fileprivate var words: String {
    var words = ["--external \(external)"]
    if let ipBlocks { words.append("--ip-blocks \(ipBlocks)") }
    if isStrict { words.append("--strict") }
    return words.joined(separator: " ")
  }
}
