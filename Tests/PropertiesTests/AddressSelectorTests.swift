import Language
import NetworkModel
import PacketSpace
import Properties
import Testing

/// What is written as addresses is never less than what it says: a part that is not asked about would be proved by silence.
@Suite struct `Selectors by address` {
  @Test func `a block as destination holds the public addresses of what is inside`() throws {
    var small = SmallNetwork()
    small.add("web", SmallNetwork.held("10.0.0.5"))
    small.publish("10.0.0.5", as: "203.0.113.5")
    #expect(try small.verdict("forbid internet -> web on ssh") == .violated)
    #expect(try small.verdict("forbid internet -> 203.0.113.5 on ssh") == .violated)
    #expect(try small.verdict("forbid internet -> 0.0.0.0/0 on ssh") == .violated)
  }

  @Test func `every address of a delegated prefix is a source`() throws {
    var small = SmallNetwork()
    small.add("pods", SmallNetwork.held("10.0.0.16/28"))
    small.add("db", SmallNetwork.held("10.0.0.200"), admits: [SmallNetwork.admitting("10.0.0.20/32")])
    #expect(try small.verdict("forbid 10.0.0.20 -> db on postgres") == .violated)
    #expect(try small.verdict("forbid 10.0.0.0/25 -> db on postgres") == .violated)
    #expect(try small.verdict("forbid pods -> db on postgres") == .violated, "who is named sends from all it holds")
    #expect(try small.verdict("require pods -> db on postgres") == .proved, "it is answered from one of them")
  }

  @Test func `an address that is not known beside one that is may be the source`() throws {
    var small = SmallNetwork()
    let unknown = small.network.add(Unknown("the second address is not known"))
    let second = small.network.add(
      UnknownAddress(within: AddressSet(SmallNetwork.prefixes("10.0.0.0/24")), unknown: unknown))
    small.add("app", SmallNetwork.held("10.0.0.5") + [.unknown(second)])
    small.add("db", SmallNetwork.held("10.0.0.200"), admits: [SmallNetwork.admitting("10.0.0.128/26")])
    #expect(try small.verdict("forbid app -> db on postgres") == .undecided)
    #expect(try small.verdict("forbid 10.0.0.0/24 -> db on postgres") != .proved)
  }

  @Test func `a block is asked about where nothing stands in it, beside things that do`() throws {
    var small = SmallNetwork()
    small.add("app", SmallNetwork.held("10.0.0.5"))
    small.add("db", SmallNetwork.held("10.0.0.200"), admits: [SmallNetwork.admitting("10.0.0.99/32")])
    #expect(try small.verdict("forbid 10.0.0.99 -> db on postgres") == .violated)
    #expect(try small.verdict("forbid 10.0.0.0/25 -> db on postgres") == .violated)
  }

  @Test func `a block is asked about in every part that rules tell apart, however many`() throws {
    var small = SmallNetwork()
    let rules = (1...90).map { SmallNetwork.admitting("10.1.0.\($0)/32", .tcp(UInt16($0))) }
    small.add("db", SmallNetwork.held("10.0.0.200"), admits: rules)
    #expect(try small.verdict("forbid 10.1.0.90 -> db on tcp/90") == .violated)
    #expect(try small.verdict("forbid 10.1.0.0/16 -> db on tcp/90") == .violated)
    #expect(try small.verdict("forbid subnet-empty -> db on tcp/90") == .violated)
  }

  @Test func `the id of a gateway names the zones behind it`() throws {
    var small = SmallNetwork()
    small.add("web", SmallNetwork.held("10.0.0.5"))
    small.publish("10.0.0.5", as: "203.0.113.5")
    #expect(try small.verdict("forbid igw-1 -> web on ssh") == .violated)
    #expect(try small.verdict("forbid web | igw-1 -> web on ssh") == .violated)
  }

  @Test func `what a source's address becomes on the way is where it comes from`() throws {
    var small = SmallNetwork()
    small.add("staging", SmallNetwork.held("10.0.0.5"))
    small.publish("10.0.0.5", as: "203.0.113.5")
    small.add("bastion", SmallNetwork.held("10.0.0.6"), admits: [SmallNetwork.admitting("203.0.113.5/32")])
    small.publish("10.0.0.6", as: "203.0.113.6")
    #expect(try small.verdict("forbid staging -> bastion on ssh") == .violated)
    small.add("other", SmallNetwork.held("10.0.0.7"))
    #expect(try small.verdict("forbid other -> bastion on ssh") == .proved)
  }
}
