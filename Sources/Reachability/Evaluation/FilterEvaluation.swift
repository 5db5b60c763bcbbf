import NetworkModel
import PacketSpace

/// Which packets a filter is asked about: requests by their own header, or answers by theirs, both written as atoms of the request.
enum Judged: Hashable {
  case request, answer
}

extension CompiledNetwork {
  /// A first-match list over all atoms: each atom's set of outcomes (layers, section 5, "First-match filter").
  ///
  /// The near end's class is looked at by boundary and admission filters only; named ports are those of the destination endpoint.
  func firstMatch(
    _ filter: CompiledFilter, _ direction: Direction, selects: Truth, far: FarEnd, near: Int?, named: Endpoint?,
    judged: Judged, notes: inout Notes
  ) -> Outcomes {
    var outcomes = Outcomes(count: atoms.count)
    let selected = filter.present.and(selects)
    guard selected != .no, let list = filter.rules(direction) else {
      outcomes.miss = atoms.everything
      return outcomes
    }
    var remaining = atoms.everything
    for rule in list.rules {
      if let nearClasses = rule.nearClasses, let near, !nearClasses.contains(near) { continue }
      let peers = value(of: rule.peers, at: far).and(rule.present)
      let (sure, possible) = match(rule, peers, named: named, judged: judged, notes: &notes)
      if possible.isEmpty { continue }
      outcomes.add(rule.action, remaining.intersection(possible))
      remaining.subtract(sure)
      if remaining.isEmpty { break }
    }
    switch filter.end {
    case .miss: outcomes.miss = remaining
    case .deny: outcomes.deny.formUnion(remaining)
    }
    if let open = list.open {
      notes.note(open)
      // An unseen rule may do anything.
      for action in [Rule.Action.allow, .deny, .next] { outcomes.add(action, atoms.everything) }
    }
    if case .unknown(let unknown) = selected {
      notes.note(unknown)
      outcomes.miss = atoms.everything
    }
    return outcomes
  }

  /// A union filter over all atoms: allow, miss or gone.
  func union(
    _ filter: CompiledFilter, _ direction: Direction, selects: Truth, far: FarEnd, named: Endpoint?, judged: Judged,
    notes: inout Notes
  ) -> Outcomes {
    var outcomes = Outcomes(count: atoms.count)
    let selected = filter.present.and(selects)
    guard selected != .no, let list = filter.rules(direction) else {
      outcomes.gone = atoms.everything
      return outcomes
    }
    var sure = BitSet(count: atoms.count)
    var possible = BitSet(count: atoms.count)
    for index in list.rules.indices {
      // Lent and not copied.
      let peers = value(of: list.rules[index].peers, at: far).and(list.rules[index].present)
      if peers == .no { continue }
      if peers == .yes, list.rules[index].named.isEmpty {
        sure.formUnion(judged == .request ? list.rules[index].requests : list.rules[index].answers)
        continue
      }
      let match = match(list.rules[index], peers, named: named, judged: judged, notes: &notes)
      sure.formUnion(match.sure)
      possible.formUnion(match.possible)
    }
    possible.formUnion(sure)
    if let open = list.open {
      notes.note(open)
      possible = atoms.everything
    }
    outcomes.allow = possible
    outcomes.miss = atoms.everything.subtracting(sure)
    if case .unknown(let unknown) = selected {
      notes.note(unknown)
      outcomes.gone = atoms.everything
    }
    return outcomes
  }

  /// The atoms that a rule surely has, and those that it may have (layers, section 4).
  private func match(
    _ rule: CompiledRules.CompiledRule, _ peers: Truth, named: Endpoint?, judged: Judged, notes: inout Notes
  ) -> (sure: BitSet, possible: BitSet) {
    let none = BitSet(count: atoms.count)
    if peers == .no { return (none, none) }
    var sure = judged == .request ? rule.requests : rule.answers
    var possible = sure
    if !rule.named.isEmpty {
      let resolved = resolve(rule.named, at: named, notes: &notes)
      sure.formUnion(resolved.sure)
      possible.formUnion(resolved.possible)
    }
    if case .unknown(let unknown) = peers {
      notes.note(unknown)
      return (none, possible)
    }
    return (sure, possible)
  }

  /// Listeners called by name, resolved at the destination endpoint; without one they match nothing.
  private func resolve(_ names: [RuleTraffic.Named], at endpoint: Endpoint?, notes: inout Notes) -> (
    sure: BitSet, possible: BitSet
  ) {
    var sure = BitSet(count: atoms.count)
    var possible = BitSet(count: atoms.count)
    guard let endpoint else { return (sure, possible) }
    for name in names {
      for port in endpoint.namedPorts
      where port.name == name.name && (name.transport == nil || name.transport == port.transport) {
        if let number = port.port {
          sure.formUnion(atoms.mask(TrafficSet(port.transport, destination: PortSet(PortRange(number)))))
        } else {
          possible.formUnion(atoms.mask(TrafficSet(protocol: port.transport)))
        }
      }
      if let open = endpoint.namedPortsOpen {
        notes.note(open)
        possible.formUnion(name.transport.map { atoms.mask(TrafficSet(protocol: $0)) } ?? atoms.everything)
      }
    }
    possible.formUnion(sure)
    return (sure, possible)
  }
}
