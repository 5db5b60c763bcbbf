import Diagnostics

/// Why the reading of a stream ended before its end.
enum YAMLStop: Error {
  /// libyaml found that this is no YAML.
  case failure(YAMLEventStream.Failure)
  /// The document is YAML, and asks for more than it may or says what cannot be.
  case refused(Diagnostic)

  func diagnostic(_ file: SourceFile) -> Diagnostic {
    switch self {
    case .refused(let diagnostic): diagnostic
    case .failure(let failure): YAMLStop.diagnostic(failure, file)
    }
  }
}

// MARK: Messages

extension YAMLStop {
  private static func diagnostic(_ failure: YAMLEventStream.Failure, _ file: SourceFile) -> Diagnostic {
    func label(_ offset: Int, _ text: String) -> Diagnostic.Label {
      let start = min(offset, file.bytes.count)
      var end = min(start + 1, file.bytes.count)
      while end < file.bytes.count, file.bytes[end] & 0xC0 == 0x80 { end += 1 }
      return Diagnostic.Label(range: SourceRange(file: file.id, start: UInt32(start), end: UInt32(end)), text: text)
    }
    let byte = failure.offset < file.bytes.count ? file.bytes[failure.offset] : nil
    let (message, expected, help) = words(failure.problem, at: byte)
    var secondary: [Diagnostic.Label] = []
    if let context = failure.context, context.offset != failure.offset {
      secondary = [label(context.offset, plainWords(context.text))]
    }
    return Diagnostic(
      code: "TP0110", severity: .error, message: message, primary: label(failure.offset, expected),
      secondary: secondary, notes: ["this document and what follows it in the file were not read"], help: help)
  }

  /// libyaml's words for what went wrong, said in the words of those who write YAML: message, label, help.
  private static func words(_ problem: String, at byte: UInt8?) -> (String, String, String?) {
    let isTab = byte == 0x09
    switch problem {
    case "found character that cannot start any token" where isTab,
      "found a tab character that violates indentation", "found a tab character where an indentation space is expected":
      return (
        "a tab stands where YAML is indented", "expected spaces, found a tab", "YAML is indented with spaces only"
      )
    case "found character that cannot start any token":
      return ("this is not YAML", "no text without quotes may begin with this", "quote it if it is text")
    case "mapping values are not allowed in this context":
      return (
        "this is not YAML", "a `:` may not stand here",
        "quote the text if the `:` belongs to it; else look at the indentation"
      )
    case "block sequence entries are not allowed in this context":
      return ("this is not YAML", "a list may not begin here", nil)
    case "could not find expected ':'":
      return ("this is not YAML", "expected `:` after a key before this", nil)
    case "did not find expected key":
      return ("this is not YAML", "expected another key, as far in as those before it", nil)
    case "did not find expected '-' indicator":
      return ("this is not YAML", "expected `-` and the next item of the list", nil)
    case "did not find expected ',' or ']'": return ended(byte, "expected `,` or `]`")
    case "did not find expected ',' or '}'": return ended(byte, "expected `,` or `}`")
    case "did not find expected node content": return ended(byte, "expected a value")
    case "found unexpected end of stream":
      return ("the file ends inside a quoted text", "expected the closing quote", nil)
    case "found unexpected document indicator":
      return ("a document ends inside a quoted text", "expected the closing quote before this", nil)
    case "did not find expected <document start>":
      return ("this is not YAML", "expected `---`, or the end of the file", nil)
    case "did not find expected alphabetic or numeric character":
      return ("an anchor or alias has no name", "expected a letter or digit", "quote the text if it is no alias")
    case "did not find expected comment or line break":
      return ("this is not YAML", "expected the end of the line", nil)
    case "found undefined tag handle":
      return ("a tag has a handle that is not declared", "no `%TAG` line declares it", nil)
    case "found unknown escape character":
      return ("a quoted text holds an unknown escape", "no escape of YAML", "write `\\\\` for a backslash")
    case "control characters are not allowed":
      return ("the file holds a control character", "expected text", nil)
    default:
      return (problem.isEmpty ? "this is not YAML" : "this is not YAML: \(problem)", "reading stopped here", nil)
    }
  }

  private static func ended(_ byte: UInt8?, _ expected: String) -> (String, String, String?) {
    (byte == nil ? "the file ends inside a list or mapping" : "this is not YAML", expected, nil)
  }

  /// `while parsing a block mapping`: what was being read where it began.
  private static func plainWords(_ context: String) -> String {
    switch context {
    case "while parsing a block mapping", "while parsing a flow mapping": "the mapping begins here"
    case "while parsing a block collection", "while parsing a flow sequence": "the list begins here"
    case "while scanning a quoted scalar", "while parsing a quoted scalar", "while scanning a plain scalar",
      "while scanning a block scalar":
      "the text begins here"
    case "while scanning an anchor": "the anchor begins here"
    case "while scanning an alias": "the alias begins here"
    case "while scanning a simple key": "the key begins here"
    default: context
    }
  }
}
