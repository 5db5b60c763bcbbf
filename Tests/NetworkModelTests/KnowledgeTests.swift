import NetworkModel
import Testing

/// Statements that may not be known, and what is taken where nothing is said.
@Suite struct KnowledgeTests {
  static let one = Truth.unknown(UnknownID(1))
  static let other = Truth.unknown(UnknownID(2))

  @Test func `and is the least of two, or the greatest`() {
    let values = [Truth.no, Self.one, .yes]
    for (low, left) in values.enumerated() {
      for (high, right) in values.enumerated() {
        #expect(left.and(right) == values[min(low, high)], "\(left) and \(right)")
        #expect(left.or(right) == values[max(low, high)], "\(left) or \(right)")
      }
    }
  }

  @Test func `of two unknowns the first is named`() {
    #expect(Self.one.and(Self.other) == Self.one)
    #expect(Self.one.or(Self.other) == Self.one)
  }

  @Test func `what is unknown may be and need not be, and is so negated`() {
    #expect([Truth.no, Self.one, .yes].map(\.may) == [false, true, true])
    #expect([Truth.no, Self.one, .yes].map(\.must) == [false, false, true])
    #expect([Truth.no, Self.one, .yes].map(\.negated) == [.yes, Self.one, .no])
    #expect([Truth.no, Self.one, .yes].map(\.unknown) == [nil, UnknownID(1), nil])
  }

  @Test func `directions and halves stand in the order in which a packet meets them`() {
    #expect([Direction.egress, .ingress].sorted() == [.ingress, .egress])
    #expect(!(Direction.ingress < .ingress) && !(Direction.egress < .egress))
    #expect([Half.answer, .request].sorted() == [.request, .answer])
    #expect(!(Half.request < .request) && !(Half.answer < .answer))
  }

  @Test func `nothing stands before itself`() {
    #expect(!(EndpointID(1) < EndpointID(1)) && EndpointID(1) < EndpointID(2))
    for key in Attributes.Key.allCases { #expect(!(key < key)) }
    #expect([Attributes.Key.vpc, .account].sorted() == [.account, .vpc])
  }

  @Test func `an attachment of which no more is said is crossed unchanged by anybody, and keeps memberships`() {
    let plain = Attachment(identity: Identity(key: "a"), router: RouterID(0), farSide: .zones([]))
    #expect(plain.usable == .yes)
    #expect(plain.translations == nil)
    #expect(plain.keeps(.ingress) && plain.keeps(.egress))
    #expect(!plain.isSameZoneOnly && !plain.isHashed && !plain.meetsOwnBoundary)
  }

  @Test func `an endpoint of which no more is said exists, once, and accepts everything`() {
    let plain = Endpoint(identity: Identity(key: "e"), kind: "instance", placements: [])
    #expect(plain.exists == .yes && !plain.standsForMany && plain.accepts == nil && plain.host == "e")
  }

  @Test func `a list that is not said to be open is closed, and a filter that acts in no direction has no rules`() {
    #expect(RuleList([]).open == nil)
    let filter = Filter(identity: Identity(key: "f"), kind: "filter", ingress: RuleList([Rule(.deny)]))
    #expect(filter.rules(.ingress)?.rules.count == 1 && filter.rules(.egress) == nil)
    #expect(!filter.isStateful && filter.present == .yes && filter.end == .miss)
  }
}
