import Language
import NetworkModel
import PacketSpace
import Properties
import TestSupport
import Testing

@Suite struct `Verdicts` {
  static func database(_ estate: inout Estate, _ rules: [Rule], public outside: String? = nil) {
    let back = estate.segment(2)
    let layer = estate.group("sg-db", rules)
    estate.host(
      "orders-db", in: back, "10.0.2.20", public: outside, layers: [layer], kind: "rds", accepts: .tcp(5432))
  }

  static func app(_ estate: inout Estate, env: String? = nil) {
    let front = estate.segment(1)
    estate.host("app-1", in: front, "10.0.1.10", env: env, tags: ["tier": "app"])
    estate.host("app-2", in: front, "10.0.1.11", env: env, tags: ["tier": "app"])
  }

  @Test func `forbid is proved when nothing may arrive, and its cut says why`() throws {
    var estate = Estate()
    Self.app(&estate)
    Self.database(&estate, [Estate.admit(.tcp(5432), from: "10.0.1.0/24")], public: "203.0.113.5")
    let verdict = try estate.verdict("forbid internet ~> tier:database")
    #expect(verdict.verdict == .proved)
    #expect(verdict.cut.map(\.title) == ["security-group sg-db"])
    #expect(verdict.findings.isEmpty)
  }

  @Test func `forbid is violated when something must arrive, with a packet at the rule that admits it`() throws {
    var estate = Estate()
    Self.database(&estate, [Estate.admit(.tcp(5432), from: "0.0.0.0/1")], public: "203.0.113.5")
    let verdict = try estate.verdict("forbid internet ~> tier:database")
    #expect(verdict.verdict == .violated)
    let finding = try #require(verdict.findings.first)
    #expect(finding.traffic == .tcp(5432))
    #expect(finding.source.key == "internet")
    #expect(finding.target.key == "orders-db")
    #expect(!finding.isOneWay)
    let leg = try #require(finding.witness?.legs.first)
    #expect(leg.isSure)
    #expect(leg.arrived.traffic == .ports(.tcp, from: 50000, to: 5432))
    let rule = try #require(leg.hops.last { $0.detail.contains("sg-db admits it") })
    #expect(finding.place.primary == rule.derivation.primary)
  }

  @Test func `forbid is undecided when an unknown decides, and names it`() throws {
    var estate = Estate()
    let unknown = estate.network.add(Unknown("the condition IsOpen"))
    Self.database(&estate, [Estate.admit(.tcp(5432), present: .unknown(unknown))], public: "203.0.113.5")
    let verdict = try estate.verdict("forbid internet ~> tier:database")
    #expect(verdict.verdict == .undecided)
    #expect(verdict.unknowns.map { estate.network[$0].reason } == ["the condition IsOpen"])
  }

  @Test func `an endpoint that may not exist is never a sure member`() throws {
    var estate = Estate()
    let unknown = estate.network.add(Unknown("the condition HasDatabase"))
    let back = estate.segment(2)
    estate.host("orders-db", in: back, "10.0.2.20", public: "203.0.113.5", kind: "rds", exists: .unknown(unknown))
    let verdict = try estate.verdict("forbid internet ~> tier:database")
    #expect(verdict.verdict == .undecided)
    #expect(verdict.unknowns.map { estate.network[$0].reason } == ["the condition HasDatabase"])
  }

  @Test func `a rule whose selector matched nothing is vacuous`() throws {
    var estate = Estate()
    Self.app(&estate)
    let verdict = try estate.verdict("forbid internet ~> tier:database")
    #expect(verdict.verdict == .vacuous)
    #expect(verdict.targets == 0)
  }

  @Test func `what arrives over tcp and is never answered is one-way`() throws {
    var estate = Estate()
    Self.database(&estate, [Estate.admit(.tcp(5432))], public: "203.0.113.5")
    let deny = estate.network.add(
      Filter(
        identity: Identity(key: "acl"), kind: "network-acl", end: .deny, ingress: RuleList([Rule(.allow)]),
        egress: RuleList([])))
    estate.network.segments[0].inFilters = [deny]
    estate.network.segments[0].outFilters = [deny]
    let verdict = try estate.verdict("forbid internet ~> tier:database")
    #expect(verdict.verdict == .violated)
    #expect(verdict.findings.allSatisfy { $0.isOneWay })
  }

  @Test func `only leaves out those who may`() throws {
    var estate = Estate()
    Self.app(&estate)
    Self.database(&estate, [Estate.admit(.tcp(5432), from: "10.0.1.0/24")])
    #expect(try estate.verdict("only tier:app -> tier:database").verdict == .proved)
    estate.host("intruder", in: estate.segments[0], "10.0.1.66")
    let verdict = try estate.verdict("only tier:app -> tier:database")
    #expect(verdict.verdict == .violated)
    #expect(verdict.findings.map(\.source.key) == ["intruder"])
    #expect(try estate.verdict("forbid tier:app -> tier:database").findings.map(\.source.key) == ["app-1", "app-2"])
  }

  @Test func `require is proved by what is answered from every port of the client`() throws {
    var estate = Estate()
    Self.app(&estate)
    Self.database(&estate, [Estate.admit(.tcp(5432), from: "10.0.1.0/24")])
    #expect(try estate.verdict("require tier:app -> tier:database on postgres").verdict == .proved)
    #expect(try estate.verdict("require tier:app -> tier:database").verdict == .proved)
    let violated = try estate.verdict("require tier:app -> tier:database on mysql")
    #expect(violated.verdict == .violated)
    #expect(violated.findings.first?.traffic == .tcp(3306))
  }

  @Test func `require is violated when some source ports are not answered`() throws {
    var estate = Estate()
    Self.app(&estate)
    Self.database(&estate, [Estate.admit(.tcp(5432), from: "10.0.1.0/24")])
    let acl = estate.network.add(
      Filter(
        identity: Identity(key: "acl"), kind: "network-acl", end: .deny, ingress: RuleList([Rule(.allow)]),
        egress: RuleList([
          Rule(
            .allow, traffic: RuleTraffic(TrafficSet(.tcp, destination: PortSet(PortRange(lower: 49152, upper: 65535)))))
        ])))
    estate.network.segments[1].inFilters = [acl]
    estate.network.segments[1].outFilters = [acl]
    #expect(try estate.verdict("require tier:app -> tier:database on postgres").verdict == .violated)
    #expect(try estate.verdict("forbid tier:app -> tier:database").findings.allSatisfy { !$0.isOneWay })
    let answer = try estate.answer("app-1 -> orders-db on postgres")
    #expect(answer.result == .reachable)
    #expect(answer.sourcePorts == PortSet(PortRange(lower: 49152, upper: 60999)))
  }

  @Test func `isolated leaves out what all of the internet may send`() throws {
    var estate = Estate()
    let one = estate.segment(1)
    let two = estate.segment(2)
    let open = estate.group("sg-open", [Estate.admit(.tcp(443))])
    let closed = estate.group("sg-closed", [])
    estate.host("p", in: one, "10.0.1.10", public: "203.0.113.5", layers: [open], env: "prod")
    estate.host("s", in: two, "10.0.2.10", layers: [closed], env: "staging")
    let verdict = try estate.verdict("isolated env:prod, env:staging")
    #expect(verdict.verdict == .proved)
    #expect(verdict.notes.contains { $0.contains("left out") })
    #expect(try estate.verdict("isolated env:prod, env:dr").verdict == .vacuous)
    let both = estate.group("sg-both", [Estate.admit(.tcp(22), from: "10.0.0.0/16")])
    estate.host("q", in: one, "10.0.1.11", layers: [both], env: "prod")
    #expect(try estate.verdict("isolated env:staging, env:prod").verdict == .violated)
  }

  @Test func `one of several machines meets the groups of another like itself`() throws {
    var estate = Estate()
    let nodes = estate.segment(1)
    let closed = estate.group("sg-nodes", [])
    let node = estate.host("node", in: nodes, "10.0.1.10", layers: [closed], kind: "node")
    estate.network.endpoints[node.offset].standsForMany = true
    estate.network.endpoints[node.offset].placements[0].machine = estate.network.add(Machine(key: "node"))
    #expect(try estate.verdict("forbid kind:node -> kind:node").verdict == .proved)
    let pods = estate.host("pod", in: nodes, "10.0.1.20", layers: [closed], kind: "pod")
    estate.network.endpoints[pods.offset].standsForMany = true
    estate.network.endpoints[pods.offset].placements[0].machine = estate.network.add(Machine(key: "pods"))
    #expect(try estate.verdict("forbid kind:pod -> kind:pod").verdict == .undecided)
  }

  @Test func `a label that may be there and is not seen is undecided`() throws {
    var estate = Estate()
    let id = estate.host("web-1", in: estate.segment(1), "10.0.1.10")
    #expect(try estate.verdict("all any have label owner").verdict == .violated)
    estate.network.endpoints[id.offset].attributes.tagsOpen = estate.network.add(Unknown("the tags of web-1"))
    #expect(try estate.verdict("all any have label owner").verdict == .undecided)
  }
}
