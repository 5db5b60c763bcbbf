import Language
import NetworkModel
import PacketSpace
import Properties
import TestSupport
import Testing

@Suite struct `Encryption and ways` {
  /// The internet, a balancer, and an app behind it.
  static func estate(_ encryption: Encryption, inner: Encryption = .required(minimum: .tls12)) -> Estate {
    var estate = Estate()
    let front = estate.segment(1)
    let back = estate.segment(2, isPublic: false)
    let open = estate.group("sg-alb", [Estate.admit(.tcp(443))])
    let app = estate.group("sg-app", [Estate.admit(.tcp(8443), from: "10.0.1.0/24")])
    let alb = estate.host(
      "web-alb", in: front, "10.0.1.5", public: "203.0.113.9", layers: [open], kind: "alb", accepts: .tcp(443))
    let target = estate.host("app-1", in: back, "10.0.2.5", layers: [app], tags: ["tier": "app"])
    estate.balancer("web-alb", at: alb, port: 443, to: target, targetPort: 8443, encryption: encryption, inner: inner)
    return estate
  }

  @Test func `a path goes through a relay that ends connections`() throws {
    let estate = Self.estate(.required(minimum: .tls12))
    #expect(try estate.answer("internet -> app-1").result == .unreachable)
    let answer = try estate.answer("internet ~> app-1")
    #expect(answer.result == .reachable)
    #expect(answer.traffic == .tcp(8443))
    #expect(answer.witness?.legs.last?.relay?.title == "web-alb")
    #expect(answer.witness?.legs.count == 2)
    #expect(answer.witness?.legs.last?.relay?.derivation.primary != nil)
    #expect(try estate.answer("internet ~> app-1 entering https").result == .reachable)
    #expect(try estate.answer("internet ~> app-1 entering http").result == .unreachable)
  }

  @Test(arguments: [
    (Encryption.required(minimum: .tls12), "TLSv1.2", Verdict.proved),
    (.required(minimum: .tls12), "TLSv1.3", .violated), (.required(minimum: nil), "TLSv1.2", .undecided),
    (.plaintext, "TLSv1.2", .violated), (.mixed, "TLSv1.2", .violated), (.redirectOnly, "TLSv1.2", .proved),
    (.unstated, "TLSv1.2", .undecided), (.passthrough, "TLSv1.2", .proved),
  ]) func `a listener is judged by what it declares`(
    encryption: Encryption, minimum: String, expected: Verdict
  ) throws {
    let estate = Self.estate(encryption)
    let verdict = try estate.verdict("encrypted internet -> web-alb minimum \(minimum)")
    #expect(verdict.verdict == expected)
    #expect(verdict.findings.contains { $0.verdict == .violated } == (expected == .violated))
  }

  @Test func `the weakest leg decides`() throws {
    let estate = Self.estate(.required(minimum: .tls13), inner: .plaintext)
    #expect(try estate.verdict("encrypted internet -> web-alb").verdict == .proved)
    #expect(try estate.verdict("encrypted internet ~> app-1").verdict == .violated)
    let passed = Self.estate(.required(minimum: .tls13), inner: .unstated)
    #expect(try passed.verdict("encrypted internet ~> app-1").verdict == .undecided)
  }

  @Test func `a parameter gives the lowest version`() throws {
    let evaluator = Self.estate(.required(minimum: .tls12)).evaluator(parameters: ["floor": "TLSv1.3"])
    let property = try Parser.property("encrypted internet -> web-alb minimum {floor}")
    #expect(try evaluator.verdict(property).verdict == .violated)
  }

  @Test func `every way meets a filter or does not`() throws {
    var estate = Self.estate(.required(minimum: .tls12))
    #expect(try estate.verdict("every internet ~> tier:app via kind:waf").verdict == .violated)
    #expect(try estate.verdict("every internet ~> tier:app via web-alb").verdict == .proved)
    let filter = estate.network.add(
      Filter(
        identity: Identity(key: "acl-1"), kind: "waf", isStateful: true, ingress: RuleList([Rule(.allow)])))
    let layer = estate.network.add(
      Layer(
        identity: Identity(key: "waf"), default: .allow, ingress: [Tier(.first, entries: [.init(filter)])]))
    estate.network.endpoints[0].layers = [layer]
    #expect(try estate.verdict("every internet ~> tier:app via kind:waf").verdict == .proved)
    let unknown = estate.network.add(Unknown("the condition HasWAF"))
    estate.network.filters[filter.offset].present = .unknown(unknown)
    let verdict = try estate.verdict("every internet ~> tier:app via kind:waf")
    #expect(verdict.verdict == .undecided)
    #expect(verdict.findings.allSatisfy { $0.verdict == .undecided })
  }
}
