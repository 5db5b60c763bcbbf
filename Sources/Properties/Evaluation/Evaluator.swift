package import NetworkModel
package import PacketSpace
package import Reachability
import ReferenceInterpreter

/// Answers questions and judges properties over one network (design sections 4 and 6).
package final class Evaluator {
  let engine: Engine
  let network: Network
  let interpreter: Interpreter
  let explainer: Explainer
  let selectors: SelectorEvaluator
  let facts: StructuralFacts
  private var internetTraffic: [Int: TrafficSet] = [:]

  package init(engine: Engine, selectors: SelectorEvaluator, facts: StructuralFacts = StructuralFacts()) {
    self.engine = engine
    network = engine.network
    interpreter = Interpreter(engine.network)
    explainer = Explainer(network: engine.network)
    self.selectors = selectors
    self.facts = facts
  }

  // MARK: Ends

  /// An end that is asked from, with how sure it is that it is meant.
  struct SourceEnd {
    var source: Source
    var value: Truth
    var name: NamedEnd
  }

  struct TargetEnd {
    var destination: Destination
    var value: Truth
    var name: NamedEnd
  }

  /// The sources of a selection (the walk, section 8).
  func sources(_ selection: Selection) -> [SourceEnd] {
    var ends = selection.members.map {
      SourceEnd(source: .endpoint($0.endpoint), value: $0.value, name: explainer.end($0.endpoint))
    }
    for part in selection.zones {
      ends.append(
        SourceEnd(source: .zone(part.zone, within: part.within), value: .yes, name: zoneName(part.zone, part.within)))
    }
    for addressed in selection.addresses { ends += sources(at: addressed.address) }
    for segment in selection.segments {
      guard let number = freeAddress(in: segment) else { continue }
      ends.append(
        SourceEnd(
          source: .host(number, segment), value: .yes,
          name: NamedEnd(
            key: network[segment].identity.key, name: "a host in \(network[segment].identity.name)", kind: "host")))
    }
    return ends
  }

  private func zoneName(_ zone: ZoneID, _ within: AddressSet) -> NamedEnd {
    explainer.end(zone, region: within == .everything ? nil : network[zone].addresses.intersection(within))
  }

  private func sources(at number: IPAddress) -> [SourceEnd] {
    let named = { (key: String) in NamedEnd(key: key, name: number.description, kind: "address") }
    var found: [SourceEnd] = []
    for (index, endpoint) in network.endpoints.enumerated() {
      let holds = endpoint.placements.contains { placement in
        placement.addresses.contains { held in
          if case .prefix(let prefix) = held { prefix.contains(number) } else { false }
        }
      }
      if holds {
        found.append(SourceEnd(source: .addressOf(EndpointID(index), number), value: .yes, name: named(endpoint.host)))
      }
    }
    if !found.isEmpty { return found }
    for (index, segment) in network.segments.enumerated() where segment.prefixes.contains(where: { $0.contains(number) }) {
      found.append(
        SourceEnd(source: .host(number, SegmentID(index)), value: .yes, name: named(segment.identity.key)))
    }
    if !found.isEmpty { return found }
    return zones(holding: number).map { zone in
      SourceEnd(
        source: .zone(zone, within: AddressSet(number)), value: .yes, name: named(network[zone].identity.key))
    }
  }

  private func zones(holding number: IPAddress) -> [ZoneID] {
    let all = network.zones.indices.map { ZoneID($0) }.filter { network[$0].addresses.contains(number) }
    // What is declared says more than what only may be.
    let declared = all.filter { if case .implicit = network[$0].kind { false } else { true } }
    return declared.isEmpty ? all : declared
  }

  /// An address of a segment that nothing is known to hold.
  private func freeAddress(in segment: SegmentID) -> IPAddress? {
    for prefix in network[segment].prefixes {
      var free = AddressSet(prefix)
      for endpoint in network.endpoints {
        for placement in endpoint.placements where placement.segment == segment {
          for case .prefix(let held) in placement.addresses { free.subtract(AddressSet(held)) }
        }
      }
      // The first four and the last address of a subnet are the platform's.
      if let range = free.ranges.first(where: { $0.upper.value - $0.lower.value > 8 }) {
        return IPAddress(family: range.lower.family, value: range.lower.value + 5)
      }
    }
    return nil
  }

  /// The targets of a selection.
  func targets(_ selection: Selection) -> [TargetEnd] {
    var ends = selection.members.map {
      TargetEnd(destination: .endpoint($0.endpoint), value: $0.value, name: explainer.end($0.endpoint))
    }
    for part in selection.zones {
      ends.append(
        TargetEnd(destination: .zone(part.zone, within: part.within), value: .yes, name: zoneName(part.zone, part.within)))
    }
    for addressed in selection.addresses {
      let text = addressed.address.description
      ends.append(
        TargetEnd(
          destination: .address(addressed.address), value: .yes, name: NamedEnd(key: text, name: text, kind: "address")))
    }
    return ends
  }

  // MARK: Reaching

  /// What gets from one end to the other, by a flow's arrow, as it arrives.
  struct Reach {
    var arrives = Bounds<TrafficSet>.nothing
    var answered = Bounds<TrafficSet>.nothing
    var paths: [RelayPath] = []
    var unknowns: [UnknownID] = []
    var assumptions: [AssumptionID] = []
  }

  func reach(_ source: Source, _ destination: Destination, _ flow: FlowExpression, with engine: Engine? = nil) -> Reach {
    if isMachineOfItsPod(source, destination) { return Reach() }
    let engine = engine ?? self.engine
    let on = flow.on?.set ?? .any
    var reach = Reach()
    if flow.arrow == .connection, flow.entering == nil {
      let connection = engine.connection(source, destination)
      reach.arrives = connection.arrives.intersection(on)
      reach.answered = connection.answered.intersection(on)
      reach.unknowns = connection.unknowns
      reach.assumptions = connection.assumptions
      return reach
    }
    for path in engine.paths(from: source, to: destination, entering: flow.entering?.set ?? .any) {
      if flow.arrow == .connection, path.legs.count > 1 { continue }
      let arrives = path.arrives.intersection(on)
      if arrives.may.isEmpty { continue }
      reach.arrives = reach.arrives.union(arrives)
      reach.answered = reach.answered.union(path.answered.intersection(on))
      reach.paths.append(path)
      for unknown in path.unknowns where !reach.unknowns.contains(unknown) { reach.unknowns.append(unknown) }
      for assumption in path.assumptions where !reach.assumptions.contains(assumption) {
        reach.assumptions.append(assumption)
      }
    }
    return reach
  }

  /// A node and its own pods always reach each other; properties are judged without that pair.
  private func isMachineOfItsPod(_ source: Source, _ destination: Destination) -> Bool {
    guard case .endpoint(let from) = source, case .endpoint(let to) = destination else { return false }
    func runs(_ pod: EndpointID, on node: EndpointID) -> Bool {
      network[pod].placements.contains { $0.front?.endpoint == node }
    }
    return runs(from, on: to) || runs(to, on: from)
  }

  /// What all of the internet surely sends to a target: flows between endpoints leave it out where it is no matter who they are.
  func sentByAllOfTheInternet(to endpoint: EndpointID) -> TrafficSet {
    let number = engine.classes.number(of: endpoint)
    if let known = internetTraffic[number] { return known }
    var result = TrafficSet.none
    if let internet = engine.compiled.internetZone {
      for family in IPFamily.allCases {
        var common: TrafficSet?
        var reached = AddressSet.none
        for flow in engine.flows(.zone(internet, within: .all(family)), .endpoint(endpoint)) {
          reached.formUnion(flow.sourceRegion)
          common = common.map { $0.intersection(flow.arrives.must) } ?? flow.arrives.must
        }
        let all = network[internet].addresses.restricted(to: family)
        if let common, reached.contains(all) { result.formUnion(common) }
      }
    }
    internetTraffic[number] = result
    return result
  }
}
