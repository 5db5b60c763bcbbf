import Diagnostics
import NetworkModel
import PacketSpace
import Properties
import Reachability
import Reporting
import Rules

/// A database with a public address in one public subnet, stated line by line in one file.
struct PublicDatabase {
  /// A columns' test needs a character of two bytes before what it looks at.
  private static let lines = [
    "é subnet", "é local", "é default", "é database", "é group", "é admit", "  first of", "  two lines", "é value",
  ]

  /// How the rule that admits the database's clients comes to stand where it does.
  enum Admission {
    case open, oneWay
    case hangsOn(String)
    case setElsewhere, nowhere, onTwoLines
  }

  private(set) var sources = SourceMap()
  private var network = Network()
  private let file: FileID

  init(_ admission: Admission, path: String = "network/vpc 1.yaml") {
    file = sources.add(path: path, bytes: Array(Self.lines.joined(separator: "\n").utf8))
    let far = addGateway()
    let database = addSubnet(behind: far.near, states: !admission.isNowhere)
    network.attachments[far.outside.offset].translations = [
      Translation(.oneToOne(inside: Self.held("10.0.1.20"), outside: Self.held("203.0.113.5")))
    ]
    addDatabase(in: database, admission)
    network.gaps.append(
      Gap(.notModelled, subject: "AWS::Lambda::Function", message: "it is left out", derivation: at(1)))
  }

  /// The word of a line behind its first character and blank.
  func at(_ line: Int) -> Derivation { Derivation(range(line)) }

  private func range(_ line: Int) -> SourceRange {
    let range = sources[file].lineRange(line)
    return SourceRange(file: file, start: range.lowerBound + 3, end: range.upperBound)
  }

  private static func held(_ address: String) -> HeldAddress { HeldAddress(IPAddress(address) ?? IPAddress(v4: 0)) }

  private static let inside = IPPrefix("10.0.0.0/16") ?? .anyIPv4

  private mutating func addGateway() -> (near: AttachmentID, outside: AttachmentID) {
    let vpc = network.add(Router(identity: Identity(key: "vpc-1"), kind: "vpc"))
    let internet = network.add(Zone(identity: Identity(key: "internet"), kind: .internet, addresses: .internetSpace))
    let igw = network.add(Router(identity: Identity(key: "igw-1"), kind: "internet-gateway"))
    let local = network.add(RouteTable(identity: Identity(key: "edge"), routes: [.init(Self.inside, next: .local)]))
    let (inner, outer) = (
      network.add(RouteTable(identity: Identity(key: "in"))), network.add(RouteTable(identity: Identity(key: "out")))
    )
    let near = network.add(
      Attachment(identity: Identity(key: "vpc-1/igw"), router: vpc, farSide: .zones([]), table: local))
    let into = network.add(
      Attachment(identity: Identity(key: "igw-1/in"), router: igw, farSide: .attachment(near), table: inner))
    let outside = network.add(
      Attachment(
        identity: Identity(key: "igw-1/out"), router: igw, farSide: .zones([internet]), table: outer, translations: [],
        keepsIngress: false, keepsEgress: false))
    network.attachments[near.offset].farSide = .attachment(into)
    network.tables[inner.offset].routes = [.init(.anyIPv4, next: .link(outside))]
    network.tables[outer.offset].routes = [.init(Self.inside, next: .link(into))]
    return (near, outside)
  }

  private mutating func addSubnet(behind near: AttachmentID, states: Bool) -> SegmentID {
    let vpc = network.attachments[near.offset].router
    let segment = network.add(
      Segment(
        identity: Identity(key: "subnet-1"), prefixes: [IPPrefix("10.0.1.0/24") ?? .anyIPv4],
        derivation: states ? at(1) : .none))
    let table = network.add(
      RouteTable(
        identity: Identity(key: "rt-1"),
        routes: [
          .init(Self.inside, next: .local, derivation: states ? at(2) : .none),
          .init(.anyIPv4, next: .link(near), derivation: states ? at(3) : .none),
        ]))
    network.segments[segment.offset].gateway = network.add(
      Attachment(
        identity: Identity(key: "vpc-1/1"), router: vpc, farSide: .ports([.init(segment: segment)]), table: table))
    return segment
  }

  private mutating func addDatabase(in segment: SegmentID, _ admission: Admission) {
    var present = Truth.yes
    var place = at(6)
    switch admission {
    case .open: break
    case .oneWay:
      let deny = network.add(
        Filter(
          identity: Identity(key: "acl"), kind: "network-acl", end: .deny, ingress: RuleList([Rule(.allow)]),
          egress: RuleList([])))
      network.segments[segment.offset].inFilters = [deny]
      network.segments[segment.offset].outFilters = [deny]
    case .hangsOn(let reason): present = .unknown(network.add(Unknown(reason, derivation: at(9))))
    case .setElsewhere: place = Derivation([.init(.stated, range(6)), .init(.set, range(9))])
    case .nowhere: place = .none
    case .onTwoLines: place.steps[0].range.end = range(8).end
    }
    let group = network.add(
      Filter(
        identity: Identity(key: "sg-db"), kind: "security-group", isStateful: true,
        ingress: RuleList([Rule(.allow, present: present, traffic: RuleTraffic(.tcp(5432)), derivation: place)]),
        egress: RuleList([Rule(.allow)]), derivation: admission.isNowhere ? .none : at(5)))
    let tier = Tier(.union, isolates: true, entries: [.init(group)])
    let layer = network.add(Layer(identity: Identity(key: "sg-db"), default: .deny, ingress: [tier], egress: [tier]))
    _ = network.add(
      Endpoint(
        identity: Identity(key: "orders-db"), kind: "rds", accepts: .tcp(5432),
        placements: [Placement(segment: segment, addresses: [Self.held("10.0.1.20")], layers: [layer])],
        derivation: admission.isNowhere ? .none : at(4)))
  }

  /// What a check of these properties, one rule of level error, reports.
  func check(_ properties: String..., severity: String = "9.5") -> CheckReport {
    var network = network
    network.seal()
    var rules = SourceMap()
    let text = """
      version: 1
      rules:
        - id: TIER-001
          slug: tier.internet-to-database
          title: no path from the internet to a database
          level: error
          security-severity: \(severity)
          properties: [\(properties.map { "\"\($0)\"" }.joined(separator: ", "))]
          why: It is one stolen password away.
          mend: Take away the rule.
          controls: [{framework: HIPAA, id: 164.312(a)(1), basis: tool-verified}]
      """
    let file = rules.add(path: "rules.yaml", bytes: Array(text.utf8))
    let judged = RuleJudge.judge(RuleFileReader(rules[file]).rules, on: Evaluator.Ground(network))
    return CheckReport(
      verdicts: judged.verdicts, context: ReportContext(network: network, sources: sources),
      diagnostics: [
        Diagnostic(
          code: "TP0110", severity: .note, message: "a key is not known",
          primary: Diagnostic.Label(range: range(1), text: "left out"))
      ], census: [])
  }
}

extension PublicDatabase.Admission {
  fileprivate var isNowhere: Bool {
    if case .nowhere = self { true } else { false }
  }
}
