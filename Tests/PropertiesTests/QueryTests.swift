import Language
import NetworkModel
import PacketSpace
import Properties
import TestSupport
import Testing

@Suite struct `Questions` {
  /// A public web server, and a database that only the segment of the web server reaches.
  static func estate() -> Estate {
    var estate = Estate()
    let front = estate.segment(1)
    let back = estate.segment(2, isPublic: false)
    let web = estate.group("sg-web", [Estate.admit(.tcp(443))])
    let data = estate.group("sg-db", [Estate.admit(.tcp(5432), from: "10.0.1.0/24")])
    estate.host("web-1", in: front, "10.0.1.10", public: "203.0.113.10", layers: [web], tags: ["role": "web"])
    estate.host("orders-db", in: back, "10.0.2.20", layers: [data], kind: "rds", accepts: .tcp(5432))
    return estate
  }

  @Test func `what is answered is reachable, with its traffic, its packet and its rule`() throws {
    let answer = try Self.estate().answer("internet -> web-1")
    #expect(answer.result == .reachable)
    #expect(answer.traffic == .tcp(443))
    #expect(answer.witness?.legs.first?.arrived.destination.description == "10.0.1.10")
    #expect(
      answer.witness?.hops.contains { $0.detail.contains("sg-web admits it") && $0.derivation.primary != nil } == true)
    #expect(answer.blockers == [])
  }

  @Test func `what is blocked names every thing that blocks`() throws {
    let answer = try Self.estate().answer("why not internet -> orders-db on postgres")
    #expect(answer.result == .unreachable)
    #expect(!answer.blockers.isEmpty)
    #expect(answer.blockers.contains { $0.code == "nobody-owns" })
  }

  @Test func `sources and targets list who can`() throws {
    let estate = Self.estate()
    #expect(try estate.answer("sources -> orders-db").pairs.map(\.source.name) == ["web-1"])
    #expect(try estate.answer("web-1 -> targets").pairs.map(\.destination.name) == ["orders-db", "internet"])
  }

  @Test func `tiers are recognised by kind and tag, and by name as an assumption`() throws {
    var estate = Self.estate()
    estate.host("old-db", in: estate.segments[0], "10.0.1.30")
    #expect(try estate.members("tier:web").names == ["web-1"])
    let data = try estate.members("tier:database")
    #expect(data.names == ["orders-db", "old-db"])
    #expect(data.notes == ["assumed: tier:database holds old-db, by name alone"])
    #expect(try estate.members("tier:database", tiers: ["database": "kind:rds"]).names == ["orders-db"])
  }

  @Test func `a destination by address is the packet's destination as sent`() throws {
    let estate = Self.estate()
    #expect(try estate.answer("8.8.8.8 -> 10.0.1.10 on https").result == .unreachable)
    #expect(try estate.answer("8.8.8.8 -> 203.0.113.10 on https").result == .reachable)
    #expect(try estate.answer("web-1 -> 8.8.8.8").result == .reachable)
    #expect(try estate.answer("orders-db -> 8.8.8.8").result == .unreachable)
    #expect(try estate.answer("10.0.1.99 -> orders-db on postgres").result == .reachable)
    #expect(try estate.answer("10.0.2.99 -> orders-db on postgres").result == .unreachable)
  }

  @Test func `a name that nothing has is an error with the nearest, a key that nothing has is vacuous`() throws {
    let estate = Self.estate()
    do {
      _ = try estate.answer("web-2 -> orders-db")
      Issue.record("taken")
    } catch let error as StatementError {
      #expect(error.suggestion == "did you mean `web-1`?")
    }
    do {
      _ = try estate.answer("teir:web -> orders-db")
    } catch let error as StatementError {
      #expect(error.suggestion == "did you mean `tier:`?")
    }
    let answer = try estate.answer("env:staging -> orders-db")
    #expect(answer.result == .unreachable)
    #expect(answer.isVacuous)
  }

  @Test func `an alias of several things is taken by a query and refused by a rule`() throws {
    var estate = Self.estate()
    for number in 1...2 {
      let id = estate.host("twin-\(number)", in: estate.segments[0], "10.0.1.4\(number)")
      estate.network.endpoints[id.offset].identity.aliases = [.init(.name, "twin")]
    }
    let answer = try estate.answer("twin -> orders-db")
    #expect(answer.result == .reachable)
    #expect(answer.notes.contains { $0.contains("2 things") })
    #expect(throws: StatementError.self) { try estate.verdict("forbid twin -> orders-db") }
  }

  @Test func `an unknown rule leaves a question undecided and is named`() throws {
    var estate = Self.estate()
    let unknown = estate.network.add(Unknown("the parameter AdminCidr", derivation: Derivation(estate.range())))
    let layer = estate.group("sg-x", [Estate.admit(.tcp(22), present: .unknown(unknown))])
    estate.host("x", in: estate.segments[0], "10.0.1.50", layers: [layer])
    let answer = try estate.answer("web-1 -> x on ssh")
    #expect(answer.result == .undecided)
    #expect(answer.unknowns.map { estate.network[$0].reason } == ["the parameter AdminCidr"])
  }

  @Test func `segments and networks select what is in them`() throws {
    let estate = Self.estate()
    #expect(try estate.members("subnet-2").names == ["orders-db"])
    #expect(try estate.members("vpc:prod-vpc").names == ["web-1", "orders-db"])
    #expect(try estate.members("any & !kind:rds").names == ["web-1"])
    #expect(try estate.members("!any").names == ["internet"])
  }

  @Test func `pivots and same say that they are not evaluated yet`() {
    #expect(throws: StatementError.self) { try Self.estate().answer("internet => orders-db") }
    #expect(throws: StatementError.self) { try Self.estate().verdict("same env:a, env:b") }
  }
}
