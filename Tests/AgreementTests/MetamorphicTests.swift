import Agreement
import NetworkModel
import PacketSpace
import Reachability
import ReferenceInterpreter
import TestSupport
import Testing

/// The same network said in another way has the same answers.
@Suite struct `Random networks in other words` {
  /// Compares the engine's answers for packets and for pairs before and after a change that keeps endpoints and zones where they are, by
  /// what they must be to each other.
  private static func compare(
    _ seeds: ClosedRange<UInt64>, shape: RandomNetwork.Shape = RandomNetwork.Shape(),
    changing change: (inout Network) -> Int,
    isRight: (Judgement, Judgement) -> Bool
  ) -> (wrong: [String], changes: Int, different: Int) {
    var (wrong, changes, different) = ([String](), 0, 0)
    for seed in seeds {
      let random = RandomNetwork(seed: seed, shape: shape)
      var network = random.network
      changes += change(&network)
      let (before, after) = (Judge.engine.prepare(random.network), Judge.engine.prepare(network))
      for (number, question) in random.questions(6).enumerated() {
        let (one, other) = (before(question), after(question))
        if one != other { different += 1 }
        if !isRight(one, other) { wrong.append("seed \(seed), question \(number): \(one); then \(other)") }
      }
      let (engine, changed) = (Engine(random.network), Engine(network))
      for (from, to) in pairs(random.network, seed) {
        let (one, other) = (Judgement(engine.connection(from, to)), Judgement(changed.connection(from, to)))
        if one != other { different += 1 }
        if !isRight(one, other) { wrong.append("seed \(seed), \(from) to \(to): \(one); then \(other)") }
      }
    }
    return (wrong, changes, different)
  }

  private static func pairs(_ network: Network, _ seed: UInt64) -> [(Source, Destination)] {
    var dice = SeededGenerator(seed: seed)
    let internet = network.zones.firstIndex(where: \.isInternet).map { Source.zone(ZoneID($0), within: .everything) }
    return (0..<4).compactMap { number in
      guard let from = network.endpoints.indices.randomElement(using: &dice),
        let to = network.endpoints.indices.randomElement(using: &dice), from != to
      else { return nil }
      return (
        number == 0 ? internet ?? .endpoint(EndpointID(from)) : .endpoint(EndpointID(from)), .endpoint(EndpointID(to))
      )
    }
  }

  /// Filters of which any allow decides: in no first tier and at no boundary.
  private static func unionFilters(_ network: Network) -> [FilterID] {
    var (union, ordered) = (Set<FilterID>(), Set<FilterID>())
    for tier in network.layers.flatMap({ $0.ingress + $0.egress }) {
      for entry in tier.entries {
        if tier.mode == .union { union.insert(entry.filter) } else { ordered.insert(entry.filter) }
      }
    }
    ordered.formUnion(network.segments.flatMap { $0.inFilters + $0.outFilters })
    ordered.formUnion(network.attachments.flatMap { $0.inFilters + $0.outFilters })
    return union.subtracting(ordered).sorted()
  }

  @Test func `the order of a group's rules and of an interface's groups is no matter`() {
    let result = Self.compare(1...60) { network in
      for filter in Self.unionFilters(network) {
        network.filters[filter.offset].ingress?.rules.reverse()
        network.filters[filter.offset].egress?.rules.reverse()
      }
      for layer in network.layers.indices {
        for tier in network.layers[layer].ingress.indices { network.layers[layer].ingress[tier].entries.reverse() }
        for tier in network.layers[layer].egress.indices { network.layers[layer].egress[tier].entries.reverse() }
      }
      return network.layers.count
    } isRight: {
      $0 == $1
    }
    #expect(result.wrong == [])
  }

  @Test func `a prefix may be written as its halves`() {
    let result = Self.compare(1...60) { network in
      var count = 0
      func halves(_ prefix: IPPrefix) -> [IPPrefix] {
        if prefix.isHost { return [prefix] }
        return [IPPrefix(prefix.first, length: prefix.length + 1), IPPrefix(prefix.last, length: prefix.length + 1)]
      }
      func split(_ list: inout RuleList) {
        for rule in list.rules.indices {
          list.rules[rule].peers = list.rules[rule].peers?.flatMap { peer in
            guard let addresses = peer.addresses else { return [peer] }
            count += 1
            return addresses.prefixes.flatMap(halves).map { half in
              var peer = peer
              peer.addresses = AddressSet(half)
              return peer
            }
          }
        }
      }
      for filter in network.filters.indices {
        if var list = network.filters[filter].ingress {
          split(&list)
          network.filters[filter].ingress = list
        }
        if var list = network.filters[filter].egress {
          split(&list)
          network.filters[filter].egress = list
        }
      }
      // A route's halves win over it, so only where nothing as long or just longer is in the table.
      for table in network.tables.indices {
        let routes = network.tables[table].routes
        network.tables[table].routes = routes.flatMap { route in
          let rivals = routes.count {
            $0.prefix.family == route.prefix.family
              && ($0.prefix.length == route.prefix.length || $0.prefix.length == route.prefix.length + 1)
          }
          guard rivals == 1, route.present.unknown == nil, route.next.isKnown else { return [route] }
          count += 1
          return halves(route.prefix).map { half in
            var route = route
            route.prefix = half
            return route
          }
        }
      }
      return count
    } isRight: {
      $0 == $1
    }
    #expect(result.wrong == [])
    #expect(result.changes > 100)
  }

  @Test func `names decide nothing`() {
    let result = Self.compare(1...40) { network in
      for index in network.endpoints.indices {
        network.endpoints[index].identity = Identity(key: "x\(index)")
        network.endpoints[index].host = "x\(index)"
        network.endpoints[index].kind = "thing"
      }
      for index in network.segments.indices { network.segments[index].identity = Identity(key: "s\(index)") }
      for index in network.filters.indices { network.filters[index].identity = Identity(key: "f\(index)") }
      for index in network.routers.indices { network.routers[index].kind = "thing" }
      for index in network.memberships.indices { network.memberships[index].identity = Identity(key: "m\(index)") }
      return network.endpoints.count
    } isRight: {
      $0 == $1
    }
    #expect(result.wrong == [])
  }

  /// True of unions only: in a first tier or at a boundary an allow may stand before a pass. And only of filters that acted in the direction
  /// before: an isolating tier denies once one of its filters acts.
  @Test func `an allow that is added to a group never removes a flow`() {
    let result = Self.compare(1...80) { network in
      let groups = Self.unionFilters(network)
      for filter in groups {
        network.filters[filter.offset].ingress?.rules.append(
          Rule(.allow, traffic: RuleTraffic(TrafficSet(.tcp, destination: PortSet(PortRange(lower: 80, upper: 5432))))))
        network.filters[filter.offset].egress?.rules.append(Rule(.allow))
      }
      return groups.count
    } isRight: { before, after in
      (!before.arrives.may || after.arrives.may) && (!before.arrives.must || after.arrives.must)
        && (!before.answered.may || after.answered.may) && (!before.answered.must || after.answered.must)
    }
    #expect(result.wrong == [])
    #expect(result.different > 20, "it adds some")
  }

  @Test func `an unrelated network changes nothing`() {
    let result = Self.compare(1...40) { network in
      let router = network.add(Router(identity: Identity(key: "elsewhere"), kind: "router"))
      let segment = network.add(
        Segment(
          identity: Identity(key: "elsewhere"), prefixes: [IPPrefix("172.31.0.0/24")].compactMap { $0 },
          availabilityZone: "a"))
      let table = network.add(
        RouteTable(identity: Identity(key: "elsewhere"), routes: [RouteTable.Route(.anyIPv4, next: .local)]))
      network.segments[segment.offset].gateway = network.add(
        Attachment(
          identity: Identity(key: "elsewhere"), router: router, farSide: .ports([.init(segment: segment)]), table: table
        ))
      let group = network.add(
        Filter(
          identity: Identity(key: "elsewhere"), kind: "group", isStateful: true,
          ingress: RuleList([Rule(.allow, traffic: RuleTraffic(.tcp(81)))]), egress: RuleList([Rule(.allow)])))
      let layer = network.add(
        Layer(
          identity: Identity(key: "elsewhere"), default: .deny, ingress: [Tier(.union, entries: [Tier.Entry(group)])],
          egress: [Tier(.union, entries: [Tier.Entry(group)])]))
      _ = network.add(
        Endpoint(
          identity: Identity(key: "elsewhere"), kind: "host",
          placements: [
            Placement(
              segment: segment, addresses: [IPAddress("172.31.0.10")].compactMap { $0 }.map { HeldAddress($0) },
              layers: [layer])
          ]))
      return 1
    } isRight: {
      $0 == $1
    }
    #expect(result.wrong == [])
  }
}

extension RouteTable.NextHop {
  fileprivate var isKnown: Bool { if case .unknown = self { false } else { true } }
}

extension Judgement {
  /// Of a pair: whether anything arrives or is answered.
  fileprivate init(_ connection: Connection) {
    self.init(
      arrives: Certainty(may: !connection.arrives.may.isEmpty, must: !connection.arrives.must.isEmpty),
      answered: Certainty(may: !connection.answered.may.isEmpty, must: !connection.answered.must.isEmpty))
  }
}
