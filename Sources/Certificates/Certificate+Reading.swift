package import Diagnostics
import Documents
import PacketSpace

/// Reads a certificate. Strictly: a member that is not known, or of another form, makes it none, for nothing in it may go unchecked.
package struct CertificateReader {
  package private(set) var diagnostics: [Diagnostic] = []
  /// What was read; `nil` where the file is no certificate.
  package private(set) var certificate: Certificate?
  /// The digest that the file states.
  package private(set) var statedDigest = ""

  package init(_ file: SourceFile) {
    let result = JSONReader.read(file)
    diagnostics = result.diagnostics
    guard diagnostics.isEmpty else { return }
    guard let root = result.documents.first?.root, result.documents.count == 1 else {
      diagnostics.append(
        Diagnostic(code: "TP0501", severity: .error, message: "`\(file.path)` holds nothing: it is no certificate"))
      return
    }
    do throws(Malformed) {
      certificate = try read(root)
    } catch {
      diagnostics.append(
        Diagnostic(
          code: "TP0501", severity: .error, message: "this is no certificate: \(error.message)",
          primary: Diagnostic.Label(range: error.range, text: error.expected),
          help: "a certificate is what `tierproof check --certificate FILE` writes"))
    }
  }

  private mutating func read(_ root: Node) throws(Malformed) -> Certificate {
    var file = try Members(root)
    let format = try file.take("format")
    guard format.string == Certificate.format else {
      throw Malformed("its format is another", format.range, "expected \"\(Certificate.format)\"")
    }
    let version = try file.take("version")
    guard version.integer == Certificate.version else {
      throw Malformed("its version is another", version.range, "this program reads version \(Certificate.version)")
    }
    let semantics = try file.take("semantics")
    guard semantics.integer == Certificate.semantics else {
      throw Malformed(
        "it speaks of another meaning of the model", semantics.range,
        "this program knows semantics \(Certificate.semantics)")
    }
    statedDigest = try file.take("digest").asText()
    let certificate = Certificate(
      tool: try file.take("tool").asText(), options: try Certificate.Options(file.take("options")),
      inputs: try file.take("inputs").asList(Certificate.Input.init),
      assumptions: try file.take("assumptions").asTexts(), gaps: try file.take("gaps").asTexts(),
      rules: try file.take("rules").asList(Certificate.Rule.init))
    try file.end()
    return certificate
  }
}

/// Why a value is not what stands there in a certificate.
private struct Malformed: Error {
  var message: String
  var range: SourceRange
  var expected: String

  init(_ message: String, _ range: SourceRange, _ expected: String) {
    self.message = message
    self.range = range
    self.expected = expected
  }
}

/// The members of an object, of which each is to be taken.
private struct Members {
  private let node: Node
  private var left: [(name: String, key: Node, value: Node)]

  init(_ node: Node) throws(Malformed) {
    guard node.kind == .mapping else { throw Malformed("this is no object", node.range, "expected an object") }
    self.node = node
    left = node.pairs.map { ($0.key.text ?? "", $0.key, $0.value) }
  }

  mutating func takeIfThere(_ name: String) -> Node? {
    guard let index = left.firstIndex(where: { $0.name == name }) else { return nil }
    return left.remove(at: index).value
  }

  mutating func take(_ name: String) throws(Malformed) -> Node {
    guard let value = takeIfThere(name) else {
      throw Malformed("`\(name)` is missing", node.range, "expected an object with `\(name)`")
    }
    return value
  }

  /// A list that is left out where it is empty.
  mutating func list<Element>(_ name: String, _ read: (Node) throws(Malformed) -> Element) throws(Malformed)
    -> [Element]
  {
    try takeIfThere(name)?.asList(read) ?? []
  }

  mutating func texts(_ name: String) throws(Malformed) -> [String] { try takeIfThere(name)?.asTexts() ?? [] }

  func end() throws(Malformed) {
    if let other = left.first {
      throw Malformed("`\(other.name)` is not known here", other.key.range, "unknown member")
    }
  }
}

extension Node {
  fileprivate func asText() throws(Malformed) -> String {
    guard let string else { throw Malformed("this is no text", range, "expected a text") }
    return string
  }

  fileprivate func asTexts() throws(Malformed) -> [String] {
    try asList { element throws(Malformed) in try element.asText() }
  }

  fileprivate func asList<Element>(_ read: (Node) throws(Malformed) -> Element) throws(Malformed) -> [Element] {
    guard kind == .sequence else { throw Malformed("this is no list", range, "expected a list") }
    var result: [Element] = []
    for element in elements { result.append(try read(element)) }
    return result
  }

  fileprivate func asNumber() throws(Malformed) -> Int {
    guard let integer, integer >= 0 else { throw Malformed("this is no number", range, "expected a number from 0") }
    return integer
  }

  fileprivate func asTruth() throws(Malformed) -> Bool {
    guard let bool else { throw Malformed("this is neither true nor false", range, "expected true or false") }
    return bool
  }

  fileprivate func asWord<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) throws(Malformed) -> Word {
    guard let word = string.flatMap({ Word(rawValue: $0) }) else {
      throw Malformed(
        "this word is not known here", range,
        "expected \(Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))")
    }
    return word
  }

  fileprivate func asTraffic() throws(Malformed) -> TrafficSet {
    guard let set = string.flatMap({ TrafficSet($0) }) else {
      throw Malformed("this is no traffic", range, "expected traffic such as \"tcp/443\"")
    }
    return set
  }

  fileprivate func asHeader() throws(Malformed) -> TrafficPoint {
    let set = try asTraffic()
    guard let point = set.sample, TrafficSet(point) == set else {
      throw Malformed("this is no header of one packet", range, "expected one such as \"tcp/443 from 50000\"")
    }
    return point
  }

  fileprivate func asAddress() throws(Malformed) -> IPAddress {
    guard let address = string.flatMap({ IPAddress($0) }) else {
      throw Malformed("this is no address", range, "expected an address")
    }
    return address
  }

  fileprivate func asAddresses() throws(Malformed) -> AddressSet {
    let ranges = try asList { element throws(Malformed) in
      let ends = try element.asText().split(separator: "-").map { IPAddress($0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2 else {
        throw Malformed("this is no range of addresses", element.range, "expected FIRST-LAST, or one address")
      }
      return AddressRange(first, last)
    }
    return AddressSet(ranges: ranges)
  }
}

extension Certificate.Options {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    self.init(
      isStrict: try members.take("strict").asTruth(), ipBlocks: try members.takeIfThere("ip-blocks")?.asText(),
      external: try members.take("external").asText())
    try members.end()
  }
}

extension Certificate.Input {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    self.init(
      path: try members.take("path").asText(), kind: try members.take("kind").asWord(Kind.self),
      digest: try members.take("sha256").asText())
    try members.end()
  }
}

extension Certificate.Rule {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    self.init(
      id: try members.take("id").asText(),
      properties: try members.take("properties").asList(Certificate.Property.init))
    try members.end()
  }
}

extension Certificate.Property {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    self.init(
      line: try members.take("line").asText(), verdict: try members.take("verdict").asWord(Certificate.Verdict.self),
      evidence: Certificate.Evidence(
        proofs: try members.list("proofs", Certificate.ClosedSet.init), subjects: try members.texts("subjects"),
        cut: try members.list("cut", Certificate.CutMember.init),
        violations: try members.list("violations", Certificate.Violation.init)),
      assumptions: try members.texts("assumptions"), unknowns: try members.texts("unknowns"))
    try members.end()
  }
}

extension Certificate.ClosedSet {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    self.init(
      sources: try members.take("sources").asList(Certificate.End.init),
      targets: try members.take("targets").asList(Certificate.End.init), waypoints: try members.texts("waypoints"),
      reached: try members.list("reached", Certificate.Listener.init),
      leftOut: try members.list("leftOut", Certificate.LeftOut.init))
    try members.end()
  }
}

extension Certificate.End {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    self.init(
      try members.take("kind").asWord(Kind.self), try members.take("key").asText(),
      addresses: try members.takeIfThere("addresses")?.asAddresses(), isSure: try members.take("sure").asTruth())
    try members.end()
  }
}

extension Certificate.Listener {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    self.init(
      relay: try members.take("relay").asText(), interface: try members.take("interface").asText(),
      number: try members.take("listener").asNumber(), traffic: try members.take("traffic").asTraffic())
    try members.end()
  }
}

extension Certificate.LeftOut {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    self.init(at: try members.take("at").asText(), traffic: try members.take("traffic").asTraffic())
    try members.end()
  }
}

extension Certificate.CutMember {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    self.init(title: try members.take("title").asText(), place: try members.takeIfThere("place")?.asText())
    try members.end()
  }
}

extension Certificate.Violation {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    self.init(
      source: try members.take("source").asText(), target: try members.take("target").asText(),
      missing: try members.takeIfThere("missing")?.asTraffic(), legs: try members.list("legs", Certificate.Leg.init))
    try members.end()
  }
}

extension Certificate.Leg {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    self.init(
      origin: try Origin(members.take("from")), source: try Certificate.Address(members.take("source")),
      destination: try Certificate.Address(members.take("destination")),
      header: try members.take("header").asHeader(), asked: try Asked(members.take("to")),
      placement: try members.takeIfThere("placement")?.asNumber(),
      target: try members.takeIfThere("target")?.asText(),
      relay: try members.takeIfThere("relay").map(Certificate.Turn.init))
    try members.end()
  }
}

extension Certificate.Leg.Origin {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    if let key = members.takeIfThere("endpoint") {
      self = .endpoint(try key.asText(), placement: try members.take("placement").asNumber())
    } else if let key = members.takeIfThere("zone") {
      self = .zone(try key.asText(), by: try members.take("by").asText())
    } else {
      self = .host(segment: try members.take("host").asText())
    }
    try members.end()
  }
}

extension Certificate.Leg.Asked {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    if let key = members.takeIfThere("endpoint") {
      self = .endpoint(try key.asText())
    } else if let key = members.takeIfThere("zone") {
      self = .zone(try key.asText())
    } else {
      self = .anybody
    }
    try members.end()
  }
}

extension Certificate.Address {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    self.init(
      try members.take("number").asAddress(), unknown: try members.takeIfThere("unknown")?.asNumber())
    try members.end()
  }
}

extension Certificate.Turn {
  fileprivate init(_ node: Node) throws(Malformed) {
    var members = try Members(node)
    self.init(
      relay: try members.take("relay").asText(), listener: try members.take("listener").asNumber(),
      target: try members.take("target").asNumber())
    try members.end()
  }
}
