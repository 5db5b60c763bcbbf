import NetworkModel
import PacketSpace
import Language
import Testing

@Suite struct `The language` {
  static let lines = [
    "internet -> tier:database",
    "internet ~> tier:database on tcp/5432",
    "tier:bastion -> any on ssh",
    "sources -> orders-db on tcp/5432",
    "web-1 -> targets",
    "why internet ~> web-1 entering https",
    "why not internet -> orders-db on tcp/5432",
    "forbid internet ~> tier:database",
    "require tier:app -> tier:database on postgres",
    "only tier:app -> tier:database",
    "only tier:bastion -> (kind:instance | kind:node) & !tier:bastion on ssh",
    "only zone:approved-admin -> tier:bastion on ssh",
    "encrypted internet -> any minimum TLSv1.2 on !ssh",
    "encrypted internet -> any minimum {external-tls-minimum}",
    "every internet ~> tier:app via kind:waf",
    "isolated env:prod, env:staging",
    "same env:prod, env:dr",
    "all kind:pod have policy ingress",
    "all ns:shop have no allow-all",
    "all any have label app.kubernetes.io/name",
    "web-* => any on tcp/80,443,udp/53 entering !icmp/8,icmpv6/128",
    "shop/cart[Deployment] -> tag:Name=\"my web\" | \"any\"",
    "forbid 10.0.0.0/8 | 2001:db8::1 | 10.0.0.1-10.0.0.9 -> !(a & (b | !c)) & (d | e)",
    "a & (b & c) -> (d | (e | f))",
    "arn:aws:ec2:us-east-1:1:instance/i-1 -> {ingress-controller} on tcp/443 from 1024-65535",
  ]

  @Test(arguments: lines) func `what is printed parses as the same`(line: String) throws {
    let statement = try Parser.statement(line)
    let printed = statement.description
    #expect(try Parser.statement(printed) == statement)
    #expect(try Parser.statement(printed).description == printed)
  }

  @Test func `not binds tighter than and, and that than or`() throws {
    let selector = try Parser.selector("!a & b | c")
    guard case .or(.and(.not(.named(let a, _), _), .named(let b, _)), .named(let c, _)) = selector else {
      Issue.record("read as \(selector)")
      return
    }
    #expect([a, b, c].map(\.text) == ["a", "b", "c"])
  }

  @Test func `a comma continues traffic and not covers the whole literal`() throws {
    guard case .property(.flow(let flow)) = try Parser.statement("forbid a -> b on !tcp/80 , 443, udp/53, https/udp")
    else { return }
    let set = try #require(try flow.on?.set())
    #expect(set.complement == TrafficSet("tcp/80,443,udp/53,443"))
  }

  @Test func `short names stand for services`() throws {
    #expect(ServiceNames.traffic("postgres") == .tcp(5432))
    #expect(ServiceNames.traffic("https/udp") == .udp(443))
    #expect(ServiceNames.traffic("dns") == TrafficSet("tcp/53,udp/53"))
    #expect(ServiceNames.traffic("nonsense") == nil)
  }

  @Test func `parameters stand for traffic`() throws {
    guard case .property(.flow(let flow)) = try Parser.statement("forbid a -> b on {ports}") else { return }
    #expect(try flow.on?.set(["ports": "ssh,rdp"]) == .tcp(22, 3389))
    #expect(throws: StatementError.self) { _ = try flow.on?.set([:]) }
    #expect(throws: StatementError.self) { _ = try flow.on?.set(["ports": "{ports}"]) }
  }

  @Test(arguments: [
    ("forbid internet", 15, 15), ("a -> ", 5, 5), ("a -> b extra", 7, 12), ("a -> b on tpc/80", 10, 16),
    ("forbid a -> 10.0.0.1/8", 12, 22), ("a -> \"b", 5, 6), ("a -> (b", 7, 7), ("every a -> b", 0, 5),
    ("encrypted a -> b minimum TLSv9", 25, 30), ("isolated a", 10, 10), ("a -> kind:", 5, 10),
    ("why sources -> b", 4, 11),
    ("all a have policy ingres", 11, 17), ("on -> b", 0, 2), ("a -> b on ssh on ssh", 14, 16), ("a ->b", 2, 5),
    ("forbid a -> b on tcp/70000", 17, 26), ("a -> 10.0.0.9-10.0.0.1", 5, 22),
  ]) func `a mistake is said at its place`(line: String, start: Int, end: Int) {
    do {
      _ = try Parser.statement(line)
      Issue.record("`\(line)` is taken")
    } catch {
      #expect([error.span.start, error.span.end] == [start, end], "\(line): \(error)")
    }
  }

  @Test func `a misspelt service is suggested`() {
    do {
      _ = try Parser.statement("a -> b on postgrse")
    } catch {
      #expect(error.suggestion == "did you mean `postgres`?")
    }
  }

  @Test func `nesting and length are bounded`() {
    let deep = String(repeating: "(", count: 5000) + "a" + String(repeating: ")", count: 5000) + " -> b"
    #expect(throws: StatementError.self) { try Parser.statement(deep) }
    #expect(throws: StatementError.self) { try Parser.statement(String(repeating: "!", count: 100) + "a -> b") }
    #expect(throws: StatementError.self) { try Parser.statement(String(repeating: "a", count: 20_000) + " -> b") }
  }

  @Test func `letters in quotes are no globs`() {
    #expect(Pattern("web-*").matches("web-12"))
    #expect(!Pattern("web-?").matches("web-12"))
    #expect(Pattern("a*b*c").matches("aXbYbc"))
    #expect(!Pattern(literally: "a*").matches("abc"))
    #expect(Pattern("RDS").matches("rds", ignoringCase: true))
  }
}
