import CertificateChecker
import Certificates
import Diagnostics
import NetworkModel
import PacketSpace
import TestSupport
import Testing

@Suite struct `A certificate checked again` {
  @Test func `is confirmed, whatever the verdicts are`() throws {
    let lines = Small.proved + Small.violated + Small.vacuous
    let certified = try Certified(Small.estate(), lines)
    let verdicts = certified.certificate.rules[0].properties.map(\.verdict)
    #expect(
      verdicts == Small.proved.map { _ in .proved } + Small.violated.map { _ in .violated }
        + Small.vacuous.map { _ in .vacuous })
    for recheck in certified.recheck() { #expect(recheck.outcome == .confirmed, "\(recheck)") }
    #expect(certified.objections(certified.certificate) == [])
  }

  @Test func `is the same when it was written and read`() throws {
    let certified = try Certified(Small.estate(), Small.proved + Small.violated + Small.vacuous)
    var sources = SourceMap()
    let file = sources.add(path: "certificate.json", bytes: Array(certified.certificate.text.utf8))
    let reader = CertificateReader(sources[file])
    #expect(reader.diagnostics == [])
    #expect(reader.certificate == certified.certificate)
    #expect(reader.certificate?.text == certified.certificate.text)
    #expect(reader.statedDigest == certified.certificate.contentDigest)
  }

  @Test func `holds closed sets, and what is left out between endpoints`() throws {
    let certified = try Certified(Small.estate(), Small.proved)
    let proofs = certified.certificate.rules[0].properties.flatMap(\.evidence.proofs)
    #expect(proofs.contains { $0.reached.map(\.interface) == ["alb"] })
    #expect(proofs.contains { $0.leftOut == [Certificate.LeftOut(at: "alb", traffic: .tcp(443))] })
    #expect(proofs.contains { $0.waypoints == ["alb"] })
  }

  @Test func `does not hold over a network in which a rule was opened, and names a packet`() throws {
    let certified = try Certified(Small.estate(), ["only app -> db"])
    let opened = try Certified(Small.estate(databaseAdmits: "10.0.0.0/16"), ["only app -> db"])
    #expect(opened.certificate.rules[0].properties[0].verdict == .violated)
    guard case .doesNotHold(let faults)? = opened.recheck(certified.certificate).first?.outcome else {
      Issue.record("the opened rule was not noticed")
      return
    }
    #expect(faults.contains { $0.contains("db, a target: 10.0.1.") && $0.contains("tcp/5432") }, "\(faults)")
  }

  @Test func `does not hold for violations over a network in which they were mended`() throws {
    let open = try Certified(Small.estate(databaseAdmits: "10.0.0.0/16"), ["only app -> db"])
    let closed = try Certified(Small.estate(), ["only app -> db"])
    guard case .doesNotHold(let faults)? = closed.recheck(open.certificate).first?.outcome else {
      Issue.record("that the packet is stopped now was not noticed")
      return
    }
    #expect(faults.contains { $0.contains("does not arrive") }, "\(faults)")
  }

  @Test func `must state the rules that the project has`() throws {
    let certified = try Certified(Small.estate(), ["only app -> db"])
    let checker = CertificateChecker(certified.network)
    func outcomes(_ rules: [CertificateChecker.RuleLines]) -> [String] {
      checker.check(certified.certificate, rules: rules).filter { $0.outcome != .confirmed }.map(\.rule)
    }
    #expect(outcomes([.init(id: "R-1", lines: ["only app -> db"])]) == [])
    #expect(outcomes([.init(id: "R-1", lines: ["only app ~> db"])]) == ["R-1"])
    #expect(outcomes([.init(id: "R-1", lines: ["only app -> db"]), .init(id: "R-2", lines: [])]) == ["R-2"])
    #expect(outcomes([]) == ["R-1"])
  }

  @Test func `says nothing for what is undecided`() throws {
    var network = Small.estate()
    let unknown = network.add(Unknown("whether the database is there"))
    let end = network.endpoints.firstIndex { $0.identity.key == "db" }
    network.endpoints[try #require(end)].exists = .unknown(unknown)
    let certified = try Certified(network, ["forbid app -> db"])
    #expect(certified.certificate.rules[0].properties[0].verdict == .undecided)
    guard case .notRechecked? = certified.recheck().first?.outcome else {
      Issue.record("what is undecided was confirmed")
      return
    }
  }
}
