/// Writes diagnostics for people: the message, the place, the line with what is meant underlined, what was done and how to mend it.
///
/// ```
/// error[TP0301]: this is not a CIDR block
///   ┌─ network/vpc.yaml:9:18
///   │
///  9│       CidrBlock: 10.0.0.0/33
///   │                  ^^^^^^^^^^^ an IPv4 prefix is at most 32 bits long
///   = read as: unknown; what rests on it is undecided
/// ```
package struct DiagnosticRenderer: Sendable {
  private let style: TextStyle
  private let width: Int

  /// A renderer in colour or not, for lines of a number of columns; fewer than 40 are taken as 40.
  package init(colour: Bool, width: Int = 100) {
    style = colour ? .coloured : .plain
    self.width = max(width, 40)
  }

  /// The diagnostic in lines, each ended; files are looked up in the map.
  package func render(_ diagnostic: Diagnostic, in map: SourceMap) -> String {
    let marks = marks(of: diagnostic, in: map)
    let gutter = max(2, marks.map { String($0.line).count }.max() ?? 0)
    let blank = String(repeating: " ", count: gutter)
    var lines = [header(diagnostic)]
    var earlier: Mark?
    for mark in marks {
      if earlier?.file.id != mark.file.id {
        let head = marks.first { $0.isPrimary && $0.file.id == mark.file.id } ?? mark
        lines.append(style.dim(blank + (earlier == nil ? "┌─ " : "├─ ") + place(head)))
        lines.append(style.dim(blank + "│"))
      } else if let earlier, mark.line > earlier.line + 1 {
        lines.append(style.dim(blank + "·"))
      }
      lines += excerpt(mark, after: earlier, blank: blank, severity: diagnostic.severity)
      earlier = mark
    }
    for note in diagnostic.notes { lines.append(style.dim(blank + "= ") + TerminalText.safe(note)) }
    if let help = diagnostic.help { lines.append(style.dim(blank + "= ") + "help: " + TerminalText.safe(help)) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A label with the place it has in its file.
  private struct Mark {
    var file: SourceFile
    var line: Int
    var column: Int
    var label: Diagnostic.Label
    var isPrimary: Bool
  }

  /// All labels, those of the primary one's file first, and each file's in the order of its text.
  private func marks(of diagnostic: Diagnostic, in map: SourceMap) -> [Mark] {
    var marks: [Mark] = []
    for (index, label) in ([diagnostic.primary] + diagnostic.secondary).enumerated() {
      guard let label, Int(label.range.file.rawValue) < map.files.count else { continue }
      let position = map.position(of: label.range)
      marks.append(
        Mark(
          file: map[label.range.file], line: position.line, column: position.column, label: label,
          isPrimary: index == 0))
    }
    let first = marks.first?.file.id
    func isBefore(_ one: Mark, _ other: Mark) -> Bool {
      if one.file.id != other.file.id {
        return one.file.id == first || (other.file.id != first && one.file.id < other.file.id)
      }
      return (one.line, one.column, one.isPrimary ? 0 : 1) < (other.line, other.column, other.isPrimary ? 0 : 1)
    }
    return marks.sorted(by: isBefore)
  }

  private func header(_ diagnostic: Diagnostic) -> String {
    let code = diagnostic.code.isEmpty ? "" : "[\(diagnostic.code)]"
    let message = ": " + TerminalText.safe(diagnostic.message)
    return paint("\(diagnostic.severity)\(code)", diagnostic.severity) + style.bold(message)
  }

  private func place(_ mark: Mark) -> String {
    "\(TerminalText.safe(mark.file.path)):\(mark.line):\(mark.column)"
  }

  /// The line, unless it was shown already, and below it the underlined part with its remark.
  private func excerpt(_ mark: Mark, after earlier: Mark?, blank: String, severity: Diagnostic.Severity) -> [String] {
    let room = width - blank.count - 2
    let isShown = earlier?.file.id == mark.file.id && earlier?.line == mark.line
    // Two places on one line are shown on the same piece of it, if it holds both.
    var piece = Excerpt(mark.file, line: mark.line, around: (isShown ? earlier ?? mark : mark).label.range, width: room)
    var lines: [String] = []
    if isShown, piece.columns(mark.label.range).start + 1 >= room {
      piece = Excerpt(mark.file, line: mark.line, around: mark.label.range, width: room)
      lines.append(style.dim(blank + "·"))
    }
    if !isShown || !lines.isEmpty {
      let number = String(mark.line)
      let padded = String(repeating: " ", count: blank.count - number.count) + number
      lines.append(style.dim(padded + "│") + (piece.text.isEmpty ? "" : " " + piece.text))
    }
    let (start, count) = piece.columns(mark.label.range)
    let spaces = String(repeating: " ", count: start + 1)
    let line = String(repeating: mark.isPrimary ? "^" : "-", count: count)
    let text = TerminalText.safe(mark.label.text)
    let painted = mark.isPrimary ? { paint($0, severity) } : { style.bold($0) }
    let bar = style.dim(blank + "│")
    if text.isEmpty {
      lines.append(bar + spaces + painted(line))
    } else if start + count + 1 + TerminalText.width(text) <= room {
      lines.append(bar + spaces + painted(line + " " + text))
    } else {
      let indent = max(0, min(start, room - TerminalText.width(text)))
      lines.append(bar + spaces + painted(line))
      lines.append(bar + String(repeating: " ", count: indent + 1) + painted(text))
    }
    return lines
  }

  private func paint(_ text: String, _ severity: Diagnostic.Severity) -> String {
    switch severity {
    case .error: style.red(text)
    case .warning: style.yellow(text)
    case .note: style.bold(text)
    }
  }
}
