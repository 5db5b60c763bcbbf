import AWSNetwork
import NetworkModel
import PacketSpace
import ReferenceInterpreter
import Testing

@Suite struct NetworkACLTests {
  private static let high = TrafficSet(.tcp, destination: PortSet(PortRange(lower: 1024, upper: .max)))

  private func estate(_ entries: [NetworkACLRecord.Entry]) -> Built {
    var estate = Estate.twoSubnets()
    estate.acl("acl-b", in: "vpc-1", subnets: ["subnet-b"], entries)
    estate.acl(
      "acl-default", in: "vpc-1", isDefault: true, [Estate.entry(100), Estate.entry(100, egress: true)])
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-b", in: "subnet-b", "10.0.2.10", groups: ["sg-open"])
    estate.instance("i-c", in: "subnet-b", "10.0.2.11", groups: ["sg-open"])
    return estate.built()
  }

  @Test func `a network ACL is stateless`() {
    let oneWay = estate([Estate.entry(100, "10.0.0.0/16", .tcp(443))])
    #expect(oneWay.arrives("i-a", "i-b") == .connected)
    #expect(oneWay.connects("i-a", "i-b") == .blocked)
    let both = estate([
      Estate.entry(100, "10.0.0.0/16", .tcp(443)), Estate.entry(100, egress: true, "10.0.0.0/16", Self.high),
    ])
    #expect(both.connects("i-a", "i-b") == .connected)
    #expect(both.connects("i-a", "i-b", .tcp(443, from: 1000)) == .blocked, "an answer to a low port has no rule")
  }

  @Test func `the lowest number decides, in whatever order entries are listed`() {
    let built = estate([
      Estate.entry(200), Estate.entry(100, allow: false, "10.0.1.0/24", .tcp(443)), Estate.entry(100, egress: true),
    ])
    #expect(built.connects("i-a", "i-b") == .blocked)
    #expect(built.connects("i-a", "i-b", .tcp(80)) == .connected)
  }

  @Test func `what no entry matches is denied, and a new ACL denies all`() {
    #expect(estate([]).arrives("i-a", "i-b") == .blocked)
  }

  @Test func `traffic inside a subnet meets neither network ACL nor route table`() {
    #expect(estate([]).connects("i-b", "i-c") == .connected)
  }

  @Test func `a rule for echo requests does not admit echo replies`() {
    let echo = TrafficSet(icmp: .icmp, type: 8, code: nil)
    let reply = TrafficSet(icmp: .icmp, type: 0, code: nil)
    let oneWay = estate([
      Estate.entry(100, "0.0.0.0/0", echo), Estate.entry(100, egress: true, "0.0.0.0/0", echo),
    ])
    #expect(oneWay.connects("i-a", "i-b", .ping) == .blocked)
    let both = estate([
      Estate.entry(100, "0.0.0.0/0", echo), Estate.entry(100, egress: true, "0.0.0.0/0", reply),
    ])
    #expect(both.connects("i-a", "i-b", .ping) == .connected)
  }

  @Test func `a subnet without an ACL of its own has the VPC's default one`() {
    let built = estate([Estate.entry(100), Estate.entry(100, egress: true)])
    #expect(built.connects("i-a", "i-b") == .connected)
    #expect(built.ask("i-a", "i-b")?.assumptions.isEmpty == true)
  }

  @Test func `no ACL collected is the default one, as an assumption of the verdict`() {
    var estate = Estate.twoSubnets()
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-b", in: "subnet-b", "10.0.2.10", groups: ["sg-open"])
    let built = estate.built()
    #expect(built.connects("i-a", "i-b") == .connected)
    let codes = built.ask("i-a", "i-b")?.assumptions.map { built.network[$0].code }
    #expect(codes == ["default-network-acl"])
  }

  @Test func `ACLs collected and this one missing is undecided, and a gap`() {
    var estate = Estate.twoSubnets()
    estate.records.collected = ["\(estate.account)/\(estate.region)/network-acls"]
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-b", in: "subnet-b", "10.0.2.10", groups: ["sg-open"])
    let built = estate.built()
    #expect(built.connects("i-a", "i-b") == .undecided)
    #expect(built.network.gaps.contains { $0.kind == .notPresent && $0.subject == "subnet-b" })
  }

  @Test func `an association that may not exist leaves the ACL undecided`() {
    var estate = Estate.twoSubnets()
    estate.acl("acl-b", in: "vpc-1", [])
    estate.part(
      "assoc", of: Estate.reference("acl-b"), exists: .unknown(Missing("the condition Strict is not known")),
      .aclSubnet(Estate.reference("subnet-b")))
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-b", in: "subnet-b", "10.0.2.10", groups: ["sg-open"])
    #expect(estate.built().connects("i-a", "i-b") == .undecided)
  }

  @Test func `an entry whose owner is not known may stand in any ACL of its account and region`() {
    var estate = Estate.twoSubnets()
    estate.acl("acl-b", in: "vpc-1", subnets: ["subnet-b"], [])
    estate.part("entry", of: .unknown(Missing("the parameter Acl has no value")), .aclEntry(Estate.entry(1)))
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-b", in: "subnet-b", "10.0.2.10", groups: ["sg-open"])
    #expect(estate.built().arrives("i-a", "i-b") == .undecided)
  }

  @Test func `an entry whose number is not known may come before any other`() {
    var late = Estate.entry(1, allow: false)
    late.number = .unknown(Missing("the number is not known"))
    #expect(estate([Estate.entry(100), Estate.entry(100, egress: true), late]).connects("i-a", "i-b") == .undecided)
  }
}
