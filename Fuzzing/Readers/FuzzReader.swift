import Diagnostics
import Glibc

/// Everything that reads what others write, each as one function from bytes to promises that were broken.
///
/// The fuzzers and an ordinary test run the same functions. What they call are the program's own loaders; nothing is read from a file.
/// A reader that crashes or does not end breaks the first promise of all, and needs nobody to say so.
package enum FuzzReader: String, CaseIterable, Sendable {
  /// A YAML stream.
  case yaml
  /// A JSON text.
  case json
  /// Templates and parameter files, one document each, to records and to the model.
  case cloudformation
  /// Outputs of describe calls, all lists in one object, to records and to the model.
  case describe
  /// Kubernetes objects to the model; beside a template on the cluster of that template.
  case kubernetes
  /// A line of the language: read, printed, read again.
  case language
  /// A project file, and what it declares beside a small cluster.
  case project
  /// A rule file.
  case rules
  /// The whole road of `check`: standard input to a report in text and SARIF.
  case check

  /// Reads the bytes, and says which promises were broken; none is what is expected.
  package func run(_ bytes: [UInt8]) -> [String] {
    var promises = Promises()
    switch self {
    case .yaml: promises.readYAML(bytes)
    case .json: promises.readJSON(bytes)
    case .cloudformation: promises.readTemplates(bytes)
    case .describe: promises.readDescribeOutput(bytes)
    case .kubernetes: promises.readObjects(bytes)
    case .language: promises.readStatement(bytes)
    case .project: promises.readProject(bytes)
    case .rules: promises.readRules(bytes)
    case .check: promises.check(bytes)
    }
    return promises.broken
  }

  /// For a fuzzer: stops the process where a promise is broken, and after more than a second of the processor's time.
  ///
  /// The fuzzer's own clock runs on while others use the machine.
  package func runOrStop(_ bytes: [UInt8]) {
    let start = clock()
    let broken = run(bytes)
    let seconds = Double(clock() - start) / 1_000_000
    precondition(seconds < 1, "\(rawValue): read for \(seconds) seconds")
    precondition(broken.isEmpty, "\(rawValue): \(broken.joined(separator: "; "))")
  }
}

/// What a reader promised and did not keep.
struct Promises {
  private(set) var broken: [String] = []

  mutating func expect(_ holds: Bool, _ promise: @autoclosure () -> String) {
    if !holds { broken.append(promise()) }
  }

  /// Every place lies in its file, and nothing that is shown to people holds what a terminal would obey.
  mutating func expectFit(_ diagnostics: [Diagnostic], in sources: SourceMap) {
    let renderer = DiagnosticRenderer(colour: false)
    for diagnostic in diagnostics.prefix(5) {
      for label in [diagnostic.primary].compactMap(\.self) + diagnostic.secondary {
        expectFit(label.range, in: sources)
      }
      expectHarmless(renderer.render(diagnostic, in: sources))
    }
  }

  mutating func expectFit(_ range: SourceRange, in sources: SourceMap) {
    let isKnown = Int(range.file.rawValue) < sources.files.count
    expect(isKnown, "a place in no file")
    guard isKnown else { return }
    expect(
      range.start <= range.end && Int(range.end) <= sources[range.file].bytes.count,
      "the place \(range.start)..<\(range.end) lies outside of \(sources[range.file].bytes.count) bytes")
  }

  mutating func expectHarmless(_ text: String) {
    let bad = text.unicodeScalars.first { scalar in
      switch scalar.properties.generalCategory {
      case .control: scalar != "\n"
      case .format: scalar.value != 0x200D
      default: false
      }
    }
    expect(bad == nil, "U+\(String(bad?.value ?? 0, radix: 16)) would reach a terminal")
  }
}
