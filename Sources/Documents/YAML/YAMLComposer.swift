import Diagnostics

/// Puts events together into documents.
struct YAMLComposer {
  /// A collection whose end was not met yet.
  private struct Open {
    var isMapping: Bool
    var start: Int
    /// Where its last item ended.
    var end: Int
    /// Where its children begin among the nodes that wait.
    var first: Int
    var anchor: String?
    var tag: String?
    var keys = SeenKeys()
    var hasMergeKey = false
    var hasUnreadableKey = false
    /// How many nodes it is, aliased ones counted as often as they stand.
    var weight = 1
    /// How many levels it is deep, aliased ones included.
    var height = 1
  }

  /// What an alias may refer to.
  private struct Anchor {
    var node: UInt32
    var weight: Int
    var height: Int
  }

  private let file: SourceFile
  private let bytes: [UInt8]
  private let limits: InputLimits
  private(set) var documents: [Document] = []
  private(set) var problems = Problems()
  private var builder: NodeArenaBuilder
  private var open: [Open] = []
  private var anchors: [String: Anchor] = [:]
  private var root: UInt32?
  private var comments: YAMLComments
  /// Nodes of this file so far, and those that aliases stand for.
  private var nodes = 0
  private var aliased = 0

  init(file: SourceFile, limits: InputLimits) {
    self.file = file
    self.limits = limits
    bytes = file.bytes
    builder = NodeArenaBuilder(file)
    comments = YAMLComments(file: file)
  }

  /// Reads the whole stream; the documents before a stop are kept.
  mutating func run() throws(YAMLStop) {
    var stream = YAMLEventStream(bytes)
    while try step(&stream) {}
  }

  private mutating func step(_ stream: inout YAMLEventStream) throws(YAMLStop) -> Bool {
    let event: YAMLEventStream.Event
    do throws(YAMLEventStream.Failure) { event = try stream.next() } catch { throw .failure(error) }
    switch event.kind {
    case .streamEnd: return false
    case .documentStart:
      builder = NodeArenaBuilder(file)
      anchors = [:]
      root = nil
    case .documentEnd: finishDocument(event)
    case .alias(let name): try alias(name, event)
    case .scalar(let text, let style): try scalar(text, style, event)
    case .sequenceStart: try begin(isMapping: false, event)
    case .mappingStart: try begin(isMapping: true, event)
    case .collectionEnd: try close(event)
    }
    return true
  }

  private mutating func finishDocument(_ event: YAMLEventStream.Event) {
    let comments = comments.take(upTo: event.start)
    guard let root else { return }
    documents.append(
      Document(
        file: file.id, root: Node(arena: builder.finish(), index: root), comments: comments, index: documents.count,
        format: .yaml))
  }

  // MARK: Nodes

  private mutating func scalar(
    _ text: YAMLEventStream.Event.Text, _ style: YAMLEventStream.Event.Style, _ event: YAMLEventStream.Event
  ) throws(YAMLStop) {
    let plainKind: Node.Kind
    let end: Int
    switch (text, style) {
    case (.inFile(let place), _):
      comments.skip(place.lowerBound..<event.end)
      plainKind = ScalarRules.kind(ofPlain: bytes[place])
      end = event.end
    case (.owned, .block):
      comments.skipBlock(event.start..<event.end)
      plainKind = .string
      end = lastCharacter(event)
    case (.owned(let words), _):
      comments.skip(event.start..<event.end)
      plainKind = ScalarRules.kind(ofPlain: Array(words.utf8)[...])
      end = event.end
    }
    let kind = try kind(plainKind, isPlain: style == .plain, event)
    let tag = try localTag(event)
    let node =
      switch text {
      case .inFile(let place): builder.scalar(kind, start: event.start, end: end, text: place, tag: tag)
      case .owned(let words): builder.scalar(kind, start: event.start, end: end, owned: words, tag: tag)
      }
    let anchor = Anchor(node: node, weight: 1, height: 0)
    if let name = event.anchor { anchors[name] = anchor }
    try add(anchor, isKeyPlain: style == .plain, event, end: end)
  }

  /// libyaml ends a block scalar where the next line with text begins.
  private func lastCharacter(_ event: YAMLEventStream.Event) -> Int {
    var end = event.end
    while end > event.start + 1, bytes[end - 1] <= 0x20 { end -= 1 }
    return end
  }

  private mutating func alias(_ name: String, _ event: YAMLEventStream.Event) throws(YAMLStop) {
    comments.skip(event.start..<event.end)
    if open.contains(where: { $0.anchor == name }) { throw .refused(aliasInItself(name, event)) }
    guard let anchor = anchors[name] else { throw .refused(unknownAlias(name, event)) }
    aliased += anchor.weight
    if aliased > limits.aliasedNodes { throw .refused(tooManyAliases(event)) }
    if open.count + anchor.height > limits.depth { throw .refused(tooDeep(event)) }
    try add(anchor, isKeyPlain: true, event, end: event.end)
  }

  private mutating func begin(isMapping: Bool, _ event: YAMLEventStream.Event) throws(YAMLStop) {
    if open.count >= limits.depth { throw .refused(tooDeep(event)) }
    open.append(
      Open(
        isMapping: isMapping, start: event.start, end: event.end, first: builder.waiting.count, anchor: event.anchor,
        tag: try localTag(event)))
  }

  private mutating func close(_ event: YAMLEventStream.Event) throws(YAMLStop) {
    guard let top = open.popLast() else { return }
    if top.hasMergeKey || top.hasUnreadableKey { rewrite(top) }
    // A block collection ends with its last item, not where the next line begins.
    let end = event.end > event.start ? event.end : top.end
    let node = builder.collection(
      top.isMapping ? .mapping : .sequence, start: top.start, end: end, waitingFrom: top.first, tag: top.tag)
    let anchor = Anchor(node: node, weight: top.weight, height: top.height)
    if let name = top.anchor { anchors[name] = anchor }
    try add(anchor, isKeyPlain: false, event, end: end)
  }

  /// Puts a finished node into the collection that is open, or makes it the root.
  private mutating func add(_ item: Anchor, isKeyPlain: Bool, _ event: YAMLEventStream.Event, end: Int) throws(YAMLStop)
  {
    nodes += 1
    if nodes > limits.nodes { throw .refused(tooManyNodes(event)) }
    guard !open.isEmpty else {
      root = item.node
      return
    }
    let last = open.count - 1
    if open[last].isMapping, (builder.waiting.count - open[last].first) % 2 == 0 {
      noteKey(item.node, isPlain: isKeyPlain)
    }
    builder.wait(item.node)
    open[last].weight += item.weight
    open[last].height = max(open[last].height, item.height + 1)
    open[last].end = end
  }

  // MARK: Keys

  private mutating func noteKey(_ key: UInt32, isPlain: Bool) {
    let last = open.count - 1
    guard builder.records[Int(key)].isScalar else {
      open[last].hasUnreadableKey = true
      problems.append(unreadableKey(builder.range(of: key)))
      return
    }
    if isPlain, builder.records[Int(key)].count == 2, builder.text(of: key) == "<<" {
      open[last].hasMergeKey = true
      return
    }
    if let earlier = open[last].keys.earlier(than: key, waitingFrom: open[last].first, in: builder) {
      problems.append(
        Problems.duplicateKey(builder.text(of: key), builder.range(of: key), earlier: builder.range(of: earlier)))
    }
  }

  private func isMergeKey(_ key: UInt32) -> Bool {
    let record = builder.records[Int(key)]
    // A quote at the end of the key makes it a word like any other.
    return builder.text(of: key) == "<<" && bytes[Int(record.end) - 1] == UInt8(ascii: "<")
  }

  /// Takes out the pairs whose keys were not read, and replaces merge keys (`<<`) by what they bring; a mapping's own keys win, and of
  /// several mappings the first that has a key.
  private mutating func rewrite(_ top: Open) {
    let items = builder.waiting[top.first...]
    var own: [UInt32] = []
    var sources: [(node: UInt32, key: UInt32)] = []
    for position in stride(from: items.startIndex, to: items.endIndex - 1, by: 2) {
      let (key, value) = (items[position], items[position + 1])
      if !builder.records[Int(key)].isScalar { continue }
      if !isMergeKey(key) {
        own += [key, value]
      } else if builder.records[Int(value)].kind == .sequence {
        sources += builder.items(of: value).map { ($0, key) }
      } else {
        sources.append((value, key))
      }
    }
    var known = Set(stride(from: 0, to: own.count, by: 2).map { builder.text(of: own[$0]) })
    var brought: [UInt32] = []
    for (source, key) in sources {
      guard builder.records[Int(source)].kind == .mapping else {
        problems.append(mergeOfNoMapping(at: builder.range(of: key), builder.range(of: source)))
        continue
      }
      let pairs = builder.items(of: source)
      for position in stride(from: pairs.startIndex, to: pairs.endIndex - 1, by: 2)
      where known.insert(builder.text(of: pairs[position])).inserted {
        brought += [pairs[position], pairs[position + 1]]
      }
    }
    builder.replaceWaiting(from: top.first, by: own + brought)
  }

  // MARK: Tags

  private static let core = "tag:yaml.org,2002:"

  /// Tags of an application, such as `!Ref`; those of YAML itself are settled by the kind.
  private mutating func localTag(_ event: YAMLEventStream.Event) throws(YAMLStop) -> String? {
    guard let tag = event.tag, tag != "!", !tag.hasPrefix(YAMLComposer.core) else { return nil }
    if builder.hasTooManyTags { throw .refused(tooManyTags(event)) }
    return tag
  }

  /// The kind that a scalar has by its tag, or by itself where it has none. What an application's tag is on is text: `!Condition No`.
  private mutating func kind(_ plain: Node.Kind, isPlain: Bool, _ event: YAMLEventStream.Event) throws(YAMLStop)
    -> Node.Kind
  {
    guard let tag = event.tag else { return isPlain ? plain : .string }
    guard tag.hasPrefix(YAMLComposer.core) else { return .string }
    let wanted: Node.Kind
    switch tag.dropFirst(YAMLComposer.core.count) {
    case "int": wanted = .integer
    case "float": wanted = .float
    case "bool": wanted = .bool
    case "null": wanted = .null
    default: return .string
    }
    if plain != wanted, !(wanted == .float && plain == .integer) {
      throw .refused(notOfTag(String(tag.dropFirst(YAMLComposer.core.count)), event))
    }
    return wanted
  }
}

// MARK: Messages

extension YAMLComposer {
  private static let stopped = "this document and what follows it in the file were not read"

  private func refusal(
    _ code: String, _ message: String, _ event: YAMLEventStream.Event, _ label: String, help: String? = nil
  ) -> Diagnostic {
    let range = SourceRange(
      file: file.id, start: UInt32(event.start), end: UInt32(max(event.end, min(event.start + 1, bytes.count))))
    return Diagnostic(
      code: code, severity: .error, message: message, primary: Diagnostic.Label(range: range, text: label),
      notes: [YAMLComposer.stopped], help: help)
  }

  private func unknownAlias(_ name: String, _ event: YAMLEventStream.Event) -> Diagnostic {
    refusal(
      "TP0112", "the alias `*\(name)` refers to nothing", event, "no anchor `&\(name)` stands before it",
      help: "quote it if it is text")
  }

  private func aliasInItself(_ name: String, _ event: YAMLEventStream.Event) -> Diagnostic {
    refusal("TP0112", "the alias `*\(name)` stands inside its own anchor", event, "this value would hold itself")
  }

  private func tooManyAliases(_ event: YAMLEventStream.Event) -> Diagnostic {
    refusal(
      "TP0113", "aliases stand for more than \(limits.aliasedNodes) values", event, "this alias passes the limit")
  }

  private func tooDeep(_ event: YAMLEventStream.Event) -> Diagnostic {
    refusal(
      "TP0111", "the file nests more than \(limits.depth) levels deep", event, "this is one level too many")
  }

  private func tooManyNodes(_ event: YAMLEventStream.Event) -> Diagnostic {
    refusal("TP0114", "the file has more than \(limits.nodes) values", event, "reading stopped here")
  }

  private func tooManyTags(_ event: YAMLEventStream.Event) -> Diagnostic {
    refusal(
      "TP0115", "a document has more than \(NodeArenaBuilder.tagLimit) different tags", event, "reading stopped here")
  }

  private func notOfTag(_ tag: String, _ event: YAMLEventStream.Event) -> Diagnostic {
    refusal("TP0123", "the text after `!!\(tag)` is no \(tag)", event, "expected \(tag), as the tag says")
  }

  private func unreadableKey(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: "TP0121", severity: .error, message: "a key is a list or a mapping",
      primary: Diagnostic.Label(range: range, text: "expected a plain word here"),
      notes: ["the key and its value were left out"],
      help: "quote it if it is text, as templates in braces are")
  }

  private func mergeOfNoMapping(at key: SourceRange, _ value: SourceRange) -> Diagnostic {
    Diagnostic(
      code: "TP0122", severity: .error, message: "a merge key `<<` brings something other than a mapping",
      primary: Diagnostic.Label(range: key, text: "expected a mapping, or a list of mappings, after this key"),
      secondary: [Diagnostic.Label(range: value, text: "this is none")], notes: ["it brought nothing"])
  }
}
