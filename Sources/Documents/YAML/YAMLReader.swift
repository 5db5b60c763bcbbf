package import Diagnostics

/// Reads YAML through libyaml's events into nodes with places.
///
/// Scalars are read by the rules of Kubernetes clients; aliases share their anchor's nodes, within a budget; merge keys are resolved;
/// comments, which libyaml drops, are found in the text between its scalars.
package enum YAMLReader {
  package static func read(_ file: SourceFile, limits: DocumentLimits = .standard) -> ReadResult {
    if let problem = TextChecks.problem(file, limits: limits) { return ReadResult(diagnostics: [problem]) }
    var composer = YAMLComposer(file: file, limits: limits)
    composer.run()
    return ReadResult(documents: composer.documents, diagnostics: composer.diagnostics)
  }
}

/// Puts events together into documents.
struct YAMLComposer {
  private struct Open {
    var isMapping: Bool
    var start: Int
    var anchor: String?
    var tag: String?
    var items: [UInt32] = []
    var keys: [String: UInt32] = [:]
    /// How many nodes are below, aliased ones counted as often as they stand.
    var weight = 1
  }

  private struct Stop: Error {
    var diagnostic: Diagnostic
  }

  let file: SourceFile
  let limits: DocumentLimits
  private(set) var documents: [Document] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var builder = NodeArenaBuilder()
  private var open: [Open] = []
  private var anchors: [String: (node: UInt32, weight: Int)] = [:]
  private var root: UInt32?
  private var comments: YAMLComments
  private var aliased = 0

  init(file: SourceFile, limits: DocumentLimits) {
    self.file = file
    self.limits = limits
    comments = YAMLComments(file: file)
  }

  mutating func run() {
    var stream = YAMLEventStream(file.bytes)
    do {
      while try step(&stream) {}
    } catch let failure as YAMLEventStream.Failure {
      diagnostics.append(diagnostic(failure))
    } catch let stop as Stop {
      diagnostics.append(stop.diagnostic)
    } catch {
      // Nothing else is thrown; the compiler cannot know.
    }
  }

  private mutating func step(_ stream: inout YAMLEventStream) throws -> Bool {
    let event = try stream.next()
    switch event.kind {
    case .streamEnd: return false
    case .documentStart:
      builder = NodeArenaBuilder()
      anchors = [:]
      root = nil
    case .documentEnd: finishDocument(event)
    case .alias(let name): try alias(name, event)
    case .scalar(let text, let isPlain): try scalar(text, isPlain: isPlain, event)
    case .sequenceStart, .mappingStart:
      if open.count >= limits.depth {
        throw stop(
          "TP0111", "the file nests more than \(limits.depth) levels deep", event, "this is one level too many")
      }
      var isMapping = false
      if case .mappingStart = event.kind { isMapping = true }
      open.append(Open(isMapping: isMapping, start: event.start, anchor: event.anchor, tag: localTag(event.tag)))
    case .collectionEnd: try close(event)
    }
    return true
  }

  // MARK: Nodes

  private mutating func scalar(_ text: String, isPlain: Bool, _ event: YAMLEventStream.Event) throws {
    comments.note(scalar: event.start..<event.end)
    let tag = localTag(event.tag)
    var kind = isPlain && event.tag == nil ? ScalarRules.kind(ofPlain: text) : .string
    if let explicit = event.tag { kind = explicitKind(explicit, text) ?? kind }
    let length = event.end - event.start
    let index: UInt32
    if length == text.utf8.count, file.bytes[event.start..<event.end].elementsEqual(text.utf8) {
      index = builder.scalar(kind, start: event.start, end: event.end, text: event.start..<event.end, tag: tag)
    } else {
      index = builder.scalar(kind, start: event.start, end: event.end, owned: text, tag: tag)
    }
    if let anchor = event.anchor { anchors[anchor] = (index, 1) }
    try add(index, weight: 1, event)
  }

  private mutating func alias(_ name: String, _ event: YAMLEventStream.Event) throws {
    comments.note(scalar: event.start..<event.end)
    guard let (node, weight) = anchors[name] else {
      throw stop("TP0112", "the alias `*\(name)` refers to nothing", event, "no anchor `&\(name)` stands before it")
    }
    aliased += weight
    if aliased > limits.aliasedNodes {
      throw stop(
        "TP0113", "aliases stand for more than \(limits.aliasedNodes) values", event, "this alias passes the limit")
    }
    try add(node, weight: weight, event)
  }

  private mutating func close(_ event: YAMLEventStream.Event) throws {
    guard let top = open.popLast() else { return }
    let items = top.isMapping ? merged(top) : top.items
    let end = lastByte(event, of: top)
    let index = builder.collection(
      top.isMapping ? .mapping : .sequence, start: top.start, end: end, items: items, tag: top.tag)
    if let anchor = top.anchor { anchors[anchor] = (index, top.weight) }
    try add(index, weight: top.weight, event)
  }

  /// A block collection ends with its last item, not where the next line begins.
  private func lastByte(_ event: YAMLEventStream.Event, of top: Open) -> Int {
    if event.end > event.start { return event.end }
    guard let last = top.items.last else { return event.end }
    return max(Int(builder.records[Int(last)].end), top.start)
  }

  private mutating func add(_ index: UInt32, weight: Int, _ event: YAMLEventStream.Event) throws {
    if builder.records.count > limits.nodes {
      throw stop("TP0114", "the file has more than \(limits.nodes) values", event, "reading stops here")
    }
    guard !open.isEmpty else {
      root = index
      return
    }
    let last = open.count - 1
    open[last].weight += weight
    if open[last].isMapping, open[last].items.count % 2 == 0 { noteKey(index) }
    open[last].items.append(index)
  }

  private mutating func noteKey(_ index: UInt32) {
    let record = builder.records[Int(index)]
    let range = SourceRange(file: file.id, start: record.start, end: record.end)
    guard record.kind.rawValue < Node.Kind.sequence.rawValue else {
      diagnostics.append(
        Diagnostic(
          code: "TP0121", severity: .error, message: "a key is a list or a mapping",
          primary: Diagnostic.Label(range: range, text: "expected a plain word here"),
          notes: ["what stands under it was not read"]))
      return
    }
    let text = builder.text(of: index, in: file.bytes)
    let last = open.count - 1
    if text == "<<" { return }
    if let earlier = open[last].keys[text] {
      let first = builder.records[Int(earlier)]
      diagnostics.append(
        TextChecks.duplicateKey(text, range, SourceRange(file: file.id, start: first.start, end: first.end)))
    } else {
      open[last].keys[text] = index
    }
  }

  /// A mapping's items with merge keys (`<<`) replaced by what they bring; its own keys win.
  private mutating func merged(_ top: Open) -> [UInt32] {
    func isMerge(_ key: UInt32) -> Bool {
      builder.records[Int(key)].kind == .string && builder.text(of: key, in: file.bytes) == "<<"
    }
    guard stride(from: 0, to: top.items.count, by: 2).contains(where: { isMerge(top.items[$0]) }) else {
      return top.items
    }
    var known = Set(top.keys.keys)
    var own: [UInt32] = []
    var brought: [UInt32] = []
    for position in stride(from: 0, to: top.items.count - 1, by: 2) {
      let (key, value) = (top.items[position], top.items[position + 1])
      guard isMerge(key) else {
        own += [key, value]
        continue
      }
      let record = builder.records[Int(value)]
      let sources = record.kind == .sequence ? builder.items(of: value) : [value]
      for source in sources where builder.records[Int(source)].kind == .mapping {
        let items = builder.items(of: source)
        for pair in stride(from: 0, to: items.count - 1, by: 2) {
          if known.insert(builder.text(of: items[pair], in: file.bytes)).inserted {
            brought += [items[pair], items[pair + 1]]
          }
        }
      }
    }
    return own + brought
  }

  private mutating func finishDocument(_ event: YAMLEventStream.Event) {
    guard let root else { return }
    let arena = builder.finish(file)
    documents.append(
      Document(
        file: file.id, root: Node(arena: arena, index: root), comments: comments.take(upTo: event.start),
        index: documents.count, format: .yaml))
  }

  // MARK: Tags

  /// Tags of an application, such as `!Ref`; the core schema's own are settled by the kind.
  private func localTag(_ tag: String?) -> String? {
    guard let tag, tag.hasPrefix("!"), tag != "!" else { return nil }
    return tag
  }

  private func explicitKind(_ tag: String, _ text: String) -> Node.Kind? {
    switch tag {
    case "tag:yaml.org,2002:str", "!": .string
    case "tag:yaml.org,2002:int": .integer
    case "tag:yaml.org,2002:float": .float
    case "tag:yaml.org,2002:bool": .bool
    case "tag:yaml.org,2002:null": .null
    case let local where local.hasPrefix("!"): ScalarRules.kind(ofPlain: text)
    default: nil
    }
  }

  // MARK: Problems

  private func stop(_ code: String, _ message: String, _ event: YAMLEventStream.Event, _ label: String) -> Stop {
    Stop(
      diagnostic: Diagnostic(
        code: code, severity: .error, message: message,
        primary: Diagnostic.Label(
          range: SourceRange(file: file.id, start: UInt32(event.start), end: UInt32(max(event.end, event.start + 1))),
          text: label), notes: ["this document and what follows it in the file were not read"]))
  }

  private func diagnostic(_ failure: YAMLEventStream.Failure) -> Diagnostic {
    let offset = min(failure.offset, file.bytes.count)
    let isTab = offset < file.bytes.count && file.bytes[offset] == 0x09
    return Diagnostic(
      code: "TP0110", severity: .error,
      message: failure.problem.isEmpty ? "this is not YAML" : "this is not YAML: \(failure.problem)",
      primary: Diagnostic.Label(
        range: SourceRange(
          file: file.id, start: UInt32(offset), end: UInt32(min(offset + 1, file.bytes.count))),
        text: isTab ? "a tab; YAML is indented with spaces" : failure.context.isEmpty ? "here" : failure.context),
      notes: ["this document and what follows it in the file were not read"])
  }
}

extension NodeArenaBuilder {
  /// The items of a collection that was added.
  func items(of index: UInt32) -> [UInt32] {
    let record = records[Int(index)]
    let count = Int(record.count) * (record.kind == .mapping ? 2 : 1)
    return Array(children[Int(record.text)..<(Int(record.text) + count)])
  }
}
