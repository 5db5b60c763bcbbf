package import Language
package import NetworkModel
import PacketSpace
package import Reachability
import ReferenceInterpreter

/// Answers questions and judges properties over one network (design sections 4 and 6).
package final class Evaluator {
  let engine: Engine
  let network: Network
  let explainer: Explainer
  let selecting: Selecting
  let parameters: [String: String]
  let facts: StructuralFacts
  private let ground: Ground
  private var internetTraffic: [EndpointID: TrafficSet] = [:]
  private var reached: [ReachKey: Reach] = [:]

  /// What an evaluator is made from, which several may share.
  package struct Ground: Sendable {
    package let basis: EngineBasis
    let selecting: Selecting
    let parameters: [String: String]
    let facts: StructuralFacts
    let interpreter: Once<Interpreter>
    /// The basis of the same network with nothing on one machine.
    let apart: Once<EngineBasis>

    /// - Parameters:
    ///   - network: what is asked about.
    ///   - tiers: what the names of tiers stand for.
    ///   - parameters: values for `{name}`.
    ///   - facts: what structural predicates ask about.
    package init(
      _ network: Network, tiers: TierDefinitions = TierDefinitions(), parameters: [String: String] = [:],
      facts: StructuralFacts = StructuralFacts()
    ) {
      self.init(EngineBasis(network), tiers: tiers, parameters: parameters, facts: facts)
    }

    /// The same over a network that was compiled already.
    package init(
      _ basis: EngineBasis, tiers: TierDefinitions = TierDefinitions(), parameters: [String: String] = [:],
      facts: StructuralFacts = StructuralFacts()
    ) {
      let network = basis.compiled.network
      self.basis = basis
      self.parameters = parameters
      self.facts = facts
      selecting = Selecting(network, tiers: tiers, parameters: parameters)
      interpreter = Once { Interpreter(network) }
      apart = Once { EngineBasis(network.withMachinesApart) }
    }

    /// What the evaluator of a network that was made from this one is made from.
    func elsewhere(_ basis: EngineBasis) -> Ground {
      Ground(basis, tiers: selecting.tiers, parameters: parameters, facts: facts)
    }
  }

  package init(_ ground: Ground) {
    self.ground = ground
    engine = Engine(ground.basis)
    network = engine.network
    explainer = Explainer(network: engine.network)
    selecting = ground.selecting
    parameters = ground.parameters
    facts = ground.facts
  }

  // MARK: What is looked up once

  private(set) lazy var interpreter = ground.interpreter.value
  private(set) lazy var clients = Clients(network)

  /// Endpoints to which paths may differ although nothing else tells them apart: those that a relay has as target.
  private lazy var relayTargets: Set<EndpointID> = {
    var targets: Set<EndpointID> = []
    for target in network.relays.flatMap(\.listeners).flatMap(\.targets) {
      switch target.destination {
      case .endpoint(let id): targets.insert(id)
      case .relay(let id): targets.formUnion(network[id].interfaces)
      }
    }
    return targets
  }()

  /// By endpoint: interfaces of one host have one number.
  private lazy var hostNumbers: [Int] = {
    var hosts: [String: Int] = [:]
    return network.endpoints.indices.map { index in
      // Pods of one workload that differ are so many hosts, though one name is theirs.
      let isPod = network.endpoints[index].kind == "pod"
      let host = isPod ? network.endpoints[index].identity.key : network.endpoints[index].host
      let number = hosts[host] ?? hosts.count
      hosts[host] = number
      return number
    }
  }()

  /// Endpoints that have a front, or a machine.
  private lazy var standOnMachines: [Bool] = network.endpoints.indices.map { index in
    network.endpoints[index].placements.contains { $0.front != nil || $0.machine != nil }
  }

  // MARK: Ends

  /// An end that is asked from, with how sure it is that it is meant.
  struct SourceEnd {
    var source: Source
    var value: Truth
    var name: NamedEnd
    var endpoint: EndpointID?
  }

  struct TargetEnd {
    var destination: Destination
    var value: Truth
    var name: NamedEnd
    var endpoint: EndpointID?
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
    /// A node and its own pods always reach each other: properties are judged without that pair, and questions show it.
    var isOfProperty = true
    /// Between endpoints what all of the internet may send there too is no matter.
    var sparesInternetTraffic = false
  }

  func select(_ selector: Selector, isRule: Bool) throws(StatementError) -> Selection {
    var selecting = selecting
    selecting.isRule = isRule
    let value = try selecting.value(selector)
    var selection = SelectedEnds(network: network, classes: engine.compiled.classes).selection(of: value)
    selection.assumptions = selecting.assumptions
    selection.notes = selecting.notes
    return selection
  }

  func sources(_ selection: Selection) -> [SourceEnd] {
    selection.sources.map {
      SourceEnd(source: $0.end, value: $0.truth, name: name($0.endpoint, $0.zone, $0.name), endpoint: $0.endpoint)
    }
  }

  /// A path through relays ends at an endpoint, so for one an address is asked about as whoever bears it too.
  func targets(_ selection: Selection, _ arrow: Arrow = .connection) -> [TargetEnd] {
    var members = selection.destinations
    for member in selection.destinations {
      guard arrow == .path, case .address(let address) = member.end else { continue }
      for index in network.endpoints.indices {
        let id = EndpointID(index)
        let truth = network.holds(id, within: AddressSet(address)).and(network[id].exists)
        if truth.may, !members.contains(where: { $0.end == .endpoint(id) }) {
          members.append(.init(end: .endpoint(id), truth: truth, name: member.name, endpoint: id, zone: nil))
        }
      }
    }
    return members.map {
      TargetEnd(destination: $0.end, value: $0.truth, name: name($0.endpoint, $0.zone, $0.name), endpoint: $0.endpoint)
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
    /// Each way by itself; none where one connection was asked about as a whole.
    var paths: [RelayPath] = []
    var unknowns: [UnknownID] = []
    var assumptions: [AssumptionID] = []
    /// Where nothing but traffic that is left out may enter.
    var spared: [EndpointID] = []

    /// The same for other ends that are alike.
    func ended(_ source: Source, _ destination: Destination) -> Reach {
      var result = self
      for index in result.paths.indices {
        result.paths[index].legs[0].source = source
        result.paths[index].legs[result.paths[index].legs.count - 1].destination = destination
      }
      return result
    }
  }

  /// Ends that no walk tells apart have one key.
  private struct ReachKey: Hashable {
    enum From: Hashable { case alike(Int), other(Source) }
    enum To: Hashable { case alike(Int), other(Destination) }
    var from: From
    var to: To
    var arrow: Arrow
    var entering: TrafficSet?
    var isSelf: Bool
    var isSparing: Bool
  }

  private func key(_ source: Source, _ destination: Destination, _ flow: AskedFlow) -> ReachKey {
    var key = ReachKey(
      from: .other(source), to: .other(destination), arrow: flow.arrow, entering: flow.entering, isSelf: false,
      isSparing: flow.sparesInternetTraffic)
    if case .endpoint(let from) = source { key.from = .alike(engine.classes.number(of: from)) }
    if case .endpoint(let to) = destination, !relayTargets.contains(to) {
      key.to = .alike(engine.classes.number(of: to))
    }
    if case .endpoint(let from) = source, case .endpoint(let to) = destination { key.isSelf = from == to }
    return key
  }

  /// All that gets from one end to the other, whatever it arrives as.
  private func reachOfAnything(_ source: Source, _ destination: Destination, _ flow: AskedFlow) -> Reach {
    let key = key(source, destination, flow)
    if let known = reached[key] { return known.ended(source, destination) }
    var reach = Reach()
    var spared: [EndpointID] = []
    func isSpared(_ end: EndpointID) -> Bool {
      guard flow.sparesInternetTraffic, case .endpoint = source, engine.shut(source, .endpoint(end)) == nil,
        engine.isShut(source, .endpoint(end), but: sentByAllOfTheInternet(to: end))
      else { return false }
      if !spared.contains(end) { spared.append(end) }
      return true
    }
    if flow.arrow == .connection, case .endpoint(let end) = destination, isSpared(end) {
      reach.spared = spared
      return reach
    }
    if flow.arrow == .connection, flow.entering == nil {
      let connection = engine.connection(source, destination)
      reach.arrives = connection.arrives
      reach.answered = connection.answered
      reach.unknowns = connection.unknowns
      reach.assumptions = connection.assumptions
      reached[key] = reach
      return reach
    }
    let paths = engine.paths(
      from: source, to: destination, entering: flow.entering ?? .any, leavingOut: isSpared)
    reach.spared = spared
    for path in paths {
      if flow.arrow == .connection, path.legs.count > 1 { continue }
      reach.arrives = reach.arrives.union(path.arrives)
      reach.answered = reach.answered.union(path.answered)
      reach.paths.append(path)
      for unknown in path.unknowns where !reach.unknowns.contains(unknown) { reach.unknowns.append(unknown) }
      for assumption in path.assumptions where !reach.assumptions.contains(assumption) {
        reach.assumptions.append(assumption)
      }
    }
    if reach.paths.isEmpty, spared.isEmpty {
      // That nothing gets there rests on assumptions too.
      let connection = engine.connection(source, destination)
      reach.assumptions = connection.assumptions
      reach.unknowns = connection.unknowns
    }
    // That nothing connects is as soon found again as looked up.
    if !reach.paths.isEmpty { reached[key] = reach }
    return reach
  }

  func reach(_ source: Source, _ destination: Destination, _ flow: AskedFlow) -> Reach {
    let company = flow.isOfProperty ? company(source, destination) : .apart
    if flow.arrow == .connection,
      let shut = engine.shut(source, destination, on: flow.on ?? .any, isApart: company == .maybeTogether)
    {
      return Reach(unknowns: shut.unknowns, assumptions: shut.assumptions)
    }
    var reach: Reach
    switch company {
    case .apart: reach = reachOfAnything(source, destination, flow)
    case .surelyTogether: return Reach()
    case .maybeTogether: reach = onMachinesApart.reachOfAnything(source, destination, flow)
    case .twins:
      // One or the other, so what must be is what both have.
      reach = reachOfAnything(source, destination, flow)
      let apart = onMachinesApart.reachOfAnything(source, destination, flow)
      reach.arrives = reach.arrives.either(apart.arrives)
      reach.answered = reach.answered.either(apart.answered)
    }
    guard let on = flow.on else { return reach }
    reach.arrives = reach.arrives.intersection(on)
    reach.answered = reach.answered.intersection(on)
    reach.paths = reach.paths.compactMap { path in
      var path = path
      path.arrives = path.arrives.intersection(on)
      path.answered = path.answered.intersection(on)
      return path.arrives.may.isEmpty ? nil : path
    }
    return reach
  }

  /// Whether a pair is asked about: not with both ends outside, and a host not against itself unless it stands for several.
  func isAsked(_ source: SourceEnd, _ target: TargetEnd) -> Bool {
    if case .zone = source.source, case .zone = target.destination { return false }
    guard let from = source.endpoint, let to = target.endpoint else { return true }
    if from == to { return network.endpoints[from.offset].standsForMany }
    return hostNumbers[from.offset] != hostNumbers[to.offset]
  }

  /// A node and its own pod always reach each other, so no property asks about them.
  func areSurelyTogether(_ source: SourceEnd, _ target: TargetEnd) -> Bool {
    company(source.source, target.destination) == .surelyTogether
  }

  private enum Company { case apart, maybeTogether, surelyTogether, twins }

  /// Whether one of a pair is a node and the other a pod that runs on it, or may; or both are one that stands for several.
  private func company(_ source: Source, _ destination: Destination) -> Company {
    guard case .endpoint(let from) = source, case .endpoint(let to) = destination,
      standOnMachines[from.offset] || standOnMachines[to.offset]
    else { return .apart }
    func company(_ pod: EndpointID, _ node: EndpointID) -> Company {
      let fronts = network.endpoints[pod.offset].placements.map { $0.front?.endpoint == node }
      if !fronts.contains(true) { return .apart }
      // One of many nodes has other nodes' pods too.
      return fronts.contains(false) || network[node].standsForMany ? .maybeTogether : .surelyTogether
    }
    if from == to {
      let hasMachine = network[from].placements.contains { $0.machine != nil }
      // A second machine is another one; a second pod may share the first one's.
      return !hasMachine ? .apart : network[from].kind == "pod" ? .twins : .maybeTogether
    }
    let there = company(from, to)
    return there == .apart ? company(to, from) : there
  }

  /// The same network with nothing on one machine: what a node and a pod are judged by that may run elsewhere.
  private lazy var onMachinesApart = Evaluator(ground.elsewhere(ground.apart.value))

  /// The same over another network.
  func elsewhere(_ network: Network) -> Evaluator { Evaluator(ground.elsewhere(EngineBasis(network))) }

  /// What all of the internet surely sends to an endpoint, in every family of its addresses: flows between endpoints leave it out, for
  /// there it is no matter who they are.
  func sentByAllOfTheInternet(to endpoint: EndpointID) -> TrafficSet {
    if let known = internetTraffic[endpoint] { return known }
    var common: TrafficSet?
    if let internet = engine.compiled.internetZone {
      let classes = engine.compiled.classes
      for family in IPFamily.allCases where holds(endpoint, family) {
        let addresses = network[internet].addresses.restricted(to: family)
        // What no part may send not all of it does; that is asked once, and most endpoints are done with it.
        let whole = engine.connection(.zone(internet, within: addresses), .endpoint(endpoint)).arrives.must
        if whole.isEmpty { common = TrafficSet.none }
        for index in classes.classes(meeting: addresses) where common?.isEmpty != true {
          let part = classes.region(index).intersection(addresses)
          let sent = engine.connection(.zone(internet, within: part), .endpoint(endpoint)).arrives.must
          common = common.map { $0.intersection(sent) } ?? sent
        }
      }
    }
    let result = common ?? .none
    internetTraffic[endpoint] = result
    return result
  }

  private func holds(_ endpoint: EndpointID, _ family: IPFamily) -> Bool {
    network[endpoint].placements.contains { placement in
      placement.addresses.contains { held in
        switch held {
        case .prefix(let prefix): prefix.family == family
        case .unknown(let id): !network[id].within.restricted(to: family).isEmpty
        }
      }
    }
  }
}

extension Bounds<TrafficSet> {
  /// Of two cases of which one holds: what may be in either, and what must be in both.
  fileprivate func either(_ other: Self) -> Self {
    Bounds(may: may.union(other.may), must: must.intersection(other.must))
  }
}

extension Network {
  /// The same with nothing on one machine with anything else.
  fileprivate var withMachinesApart: Network {
    var apart = self
    for index in apart.endpoints.indices {
      for placement in apart.endpoints[index].placements.indices {
        apart.endpoints[index].placements[placement].machine = nil
      }
    }
    return apart
  }
}
