import NetworkModel
import PacketSpace
package import Reachability
import ReferenceInterpreter

/// Answers questions and judges properties over one network (design sections 4 and 6).
package final class Evaluator {
  let engine: Engine
  let network: Network
  let interpreter: Interpreter
  let explainer: Explainer
  let selecting: Selecting
  let parameters: [String: String]
  let facts: StructuralFacts
  private var internetTraffic: [Int: TrafficSet] = [:]

  /// - Parameters:
  ///   - engine: what connects to what.
  ///   - tiers: what the names of tiers stand for.
  ///   - parameters: values for `{name}`.
  ///   - facts: what structural predicates ask about.
  package init(
    engine: Engine, tiers: TierDefinitions = TierDefinitions(), parameters: [String: String] = [:],
    facts: StructuralFacts = StructuralFacts()
  ) {
    self.engine = engine
    network = engine.network
    interpreter = Interpreter(engine.network)
    explainer = Explainer(network: engine.network)
    self.parameters = parameters
    selecting = Selecting(engine: engine, tiers: tiers, parameters: parameters)
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

  /// A flow with its traffic settled.
  struct AskedFlow {
    var source: Selector
    var arrow: Arrow
    var destination: Selector
    /// Traffic as it arrives.
    var on: TrafficSet?
    /// Traffic as it leaves the source.
    var entering: TrafficSet?
  }

  func select(_ selector: Selector, isRule: Bool) throws(StatementError) -> Selection {
    var selecting = selecting
    selecting.isRule = isRule
    return try selecting.selection(selector)
  }

  func sources(_ selection: Selection) -> [SourceEnd] {
    selection.sources.map { SourceEnd(source: $0.end, value: $0.truth, name: name($0.endpoint, $0.zone, $0.name)) }
  }

  func targets(_ selection: Selection) -> [TargetEnd] {
    selection.destinations.map {
      TargetEnd(destination: $0.end, value: $0.truth, name: name($0.endpoint, $0.zone, $0.name))
    }
  }

  private func name(_ endpoint: EndpointID?, _ zone: ZoneID?, _ text: String) -> NamedEnd {
    if let endpoint { return explainer.end(endpoint) }
    if let zone { return NamedEnd(key: network[zone].identity.key, name: text, kind: "zone") }
    return NamedEnd(key: text, name: text, kind: "address")
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

  func reach(_ source: Source, _ destination: Destination, _ flow: AskedFlow, with engine: Engine? = nil) -> Reach {
    if isMachineOfItsPod(source, destination) { return Reach() }
    let engine = engine ?? self.engine
    let on = flow.on ?? .any
    var reach = Reach()
    if flow.arrow == .connection, flow.entering == nil {
      let connection = engine.connection(source, destination)
      reach.arrives = connection.arrives.intersection(on)
      reach.answered = connection.answered.intersection(on)
      reach.unknowns = connection.unknowns
      reach.assumptions = connection.assumptions
      return reach
    }
    for path in engine.paths(from: source, to: destination, entering: flow.entering ?? .any) {
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
