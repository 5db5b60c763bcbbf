package import Certificates
package import Language
package import NetworkModel
import PacketSpace
import Reachability
import ReferenceInterpreter

extension Evaluator {
  /// A property with its verdict, as a certificate says it.
  ///
  /// - Parameters:
  ///   - verdict: what this evaluator, or one over the same ground, said.
  ///   - line: the property as it is written in its rule.
  ///   - keys: what things of the network are called.
  ///   - place: where something is written, for people.
  /// - Returns: the property with its evidence.
  /// - Throws: a `StatementError` where it names what is not there.
  package func certified(
    _ verdict: PropertyVerdict, line: String, keys: ModelKeys, place: (Derivation) -> String?
  ) throws(StatementError) -> Certificate.Property {
    var evidence = Certificate.Evidence.none
    switch verdict.verdict {
    case .proved:
      evidence = try proof(verdict.property, keys)
      evidence.cut = verdict.cut.map { Certificate.CutMember(title: $0.title, place: place($0.derivation)) }
    case .violated:
      evidence.violations = try violations(verdict, keys)
    case .undecided, .vacuous: break
    }
    // What is violated may hang on something in other findings too, and is decided all the same.
    let unknowns = verdict.verdict == .undecided ? verdict.unknowns : []
    var assumptions = verdict.assumptions.map { network[$0].certified }
    assumptions += try selectionAssumptions(verdict.property).map(\.certified)
    return Certificate.Property(
      line: line, verdict: Certificate.Verdict(verdict.verdict), evidence: evidence,
      assumptions: Set(assumptions).sorted(), unknowns: Set(unknowns.map { network[$0].reason }).sorted())
  }

  /// What had to be assumed to say whom the selectors mean.
  private func selectionAssumptions(_ property: Property) throws(StatementError) -> [Assumption] {
    var selecting = selecting
    selecting.isRule = true
    for selector in property.selectors { _ = try selecting.value(selector) }
    if case .flow(let demand) = property, case .every(let via) = demand.demand { _ = try selecting.waypoints(via) }
    return selecting.assumptions
  }

  // MARK: Proofs

  private func proof(_ property: Property, _ keys: ModelKeys) throws(StatementError) -> Certificate.Evidence {
    switch property {
    case .flow(let demand):
      let (_, _, sources, targets) = try ends(demand)
      let flow = try flow(demand)
      switch demand.demand {
      case .forbid, .only:
        return Certificate.Evidence(proofs: [closedSet(sources, targets, flow, keys, spares: true)])
      case .every(let via):
        var selecting = selecting
        selecting.isRule = true
        let waypoints = try selecting.waypoints(via)
        let without = elsewhere(waypoints.deleted(from: network, maybe: false))
        var set = without.closedSet(sources, targets, flow, keys, spares: false)
        set.waypoints = sureKeys(waypoints, keys)
        return Certificate.Evidence(proofs: [set])
      case .require, .encrypted:
        return Certificate.Evidence(proofs: [
          Certificate.ClosedSet(
            sources: sources.map { certified($0, keys) }, targets: targets.map { certified($0, keys) })
        ])
      }
    case .isolated(let first, let second, let on):
      let (one, other) = (try select(first, isRule: true), try select(second, isRule: true))
      let flow = AskedFlow(
        source: first, arrow: .path, destination: second, on: try on?.set(parameters), entering: nil)
      return Certificate.Evidence(proofs: [
        closedSet(sources(one), targets(other, .path), flow, keys, spares: true),
        closedSet(sources(other), targets(one, .path), flow, keys, spares: true),
      ])
    case .same: return .none
    case .all(let subjects, let predicate):
      let members = try structuralSubjects(subjects, predicate)
      return Certificate.Evidence(subjects: members.map { keys.endpoints[$0] })
    }
  }

  private func closedSet(
    _ sources: [SourceEnd], _ targets: [TargetEnd], _ flow: AskedFlow, _ keys: ModelKeys, spares: Bool
  ) -> Certificate.ClosedSet {
    var set = Certificate.ClosedSet(
      sources: sources.map { certified($0, keys) }, targets: targets.map { certified($0, keys) })
    if flow.arrow == .path {
      set.reached = closedSet(of: sources, sparesInternetTraffic: spares, entering: flow.entering).members.map {
        member in
        Certificate.Listener(
          relay: keys.relays[member.relay], interface: keys.endpoints[member.interface], number: member.listener,
          traffic: listener(member).traffic)
      }
    }
    if spares { set.leftOut = leftOut(sources, targets, flow, keys) }
    return set
  }

  /// Where something that an endpoint may send is left out, because all of the internet may send it there too: at targets, and at listeners
  /// of relays that go on.
  private func leftOut(_ sources: [SourceEnd], _ targets: [TargetEnd], _ flow: AskedFlow, _ keys: ModelKeys)
    -> [Certificate.LeftOut]
  {
    var wanted: [EndpointID: TrafficSet] = [:]
    for end in targets.compactMap(\.endpoint) { wanted[end, default: .none].formUnion(flow.on ?? .any) }
    if flow.arrow == .path {
      for member in listenersThatGoOn { wanted[member.interface, default: .none].formUnion(listener(member).traffic) }
    }
    return wanted.sorted { $0.key < $1.key }.compactMap { end, traffic in
      let common = sentByAllOfTheInternet(to: end)
      let kept = common.intersection(traffic)
      if kept.isEmpty { return nil }
      let matters = sources.contains { source in
        source.endpoint != nil && source.endpoint != end
          && engine.connection(source.source, .endpoint(end)).arrives.may.overlaps(kept)
      }
      return matters ? Certificate.LeftOut(at: keys.endpoints[end], traffic: common) : nil
    }
  }

  private func sureKeys(_ waypoints: Waypoints, _ keys: ModelKeys) -> [String] {
    let endpoints = network.endpoints.indices.filter {
      waypoints.endpoints[$0].must && network.endpoints[$0].exists.must
    }
    let filters = network.filters.indices.filter { waypoints.filters[$0].must && network.filters[$0].present.must }
    let routers = network.routers.indices.filter { waypoints.routers[$0].must }
    return endpoints.map { keys.endpoints[EndpointID($0)] } + filters.map { network.filters[$0].identity.key }
      + routers.map { network.routers[$0].identity.key }
  }

  // MARK: Ends

  private func certified(_ end: SourceEnd, _ keys: ModelKeys) -> Certificate.End {
    let isSure = end.value == .yes
    switch end.source {
    case .endpoint(let id): return Certificate.End(.endpoint, keys.endpoints[id], isSure: isSure)
    case .addressOf(let id, let number):
      return Certificate.End(.endpoint, keys.endpoints[id], addresses: AddressSet(number), isSure: isSure)
    case .host(let number, let segment):
      return Certificate.End(.host, keys.segments[segment], addresses: AddressSet(number), isSure: isSure)
    case .zone(let zone, let within): return certified(zone, within, isSure, keys)
    }
  }

  private func certified(_ end: TargetEnd, _ keys: ModelKeys) -> Certificate.End {
    let isSure = end.value == .yes
    switch end.destination {
    case .endpoint(let id): return Certificate.End(.endpoint, keys.endpoints[id], isSure: isSure)
    case .address(let number): return Certificate.End(.address, number.description, isSure: isSure)
    case .zone(let zone, let within): return certified(zone, within, isSure, keys)
    }
  }

  private func certified(_ zone: ZoneID, _ within: AddressSet, _ isSure: Bool, _ keys: ModelKeys) -> Certificate.End {
    Certificate.End(
      .zone, keys.zones[zone], addresses: within == network[zone].addresses ? nil : within, isSure: isSure)
  }

  // MARK: Violations

  private func violations(_ verdict: PropertyVerdict, _ keys: ModelKeys) throws(StatementError)
    -> [Certificate.Violation]
  {
    if case .all(let subjects, let predicate) = verdict.property {
      return try structuralViolations(subjects, predicate).map {
        Certificate.Violation(source: keys.endpoints[$0], target: keys.endpoints[$0])
      }
    }
    return verdict.findings.filter { $0.verdict == .violated }.map { finding in
      if let witness = finding.witness {
        return Certificate.Violation(
          source: finding.source.key, target: finding.target.key, legs: witness.legs.map { certified($0, keys) })
      }
      var violation = Certificate.Violation(
        source: finding.source.key, target: finding.target.key, missing: finding.traffic)
      if case .endpoint(let id)? = finding.pair?.source { violation.source = keys.endpoints[id] }
      if case .endpoint(let id)? = finding.pair?.target { violation.target = keys.endpoints[id] }
      return violation
    }
  }

  private func certified(_ leg: WitnessLeg, _ keys: ModelKeys) -> Certificate.Leg {
    let question = leg.question
    let origin: Certificate.Leg.Origin
    switch question.origin {
    case .endpoint(let id, let placement): origin = .endpoint(keys.endpoints[id], placement: placement)
    case .host(let segment): origin = .host(segment: keys.segments[segment])
    case .zone(let zone, let attachment):
      origin = .zone(keys.zones[zone], by: attachment.map { keys.attachments[$0] } ?? "")
    }
    let asked: Certificate.Leg.Asked
    switch question.asked {
    case .endpoint(let id): asked = .endpoint(keys.endpoints[id])
    case .zone(let zone): asked = .zone(keys.zones[zone])
    case .anybody: asked = .anybody
    }
    return Certificate.Leg(
      origin: origin, source: Certificate.Address(question.packet.source),
      destination: Certificate.Address(question.packet.destination), header: question.packet.traffic, asked: asked,
      placement: question.askedPlacement, target: question.target.map { keys.endpoints[$0] },
      relay: leg.turn.map {
        Certificate.Turn(relay: keys.relays[$0.relay], listener: $0.listener, target: $0.target)
      })
  }
}

extension Certificate.Address {
  fileprivate init(_ address: PacketAddress) { self.init(address.number, unknown: address.unknown?.offset) }
}

extension Certificate.Verdict {
  fileprivate init(_ verdict: Verdict) {
    switch verdict {
    case .proved: self = .proved
    case .violated: self = .violated
    case .undecided: self = .undecided
    case .vacuous: self = .vacuous
    }
  }
}
