import NetworkModel

// Filter, tier, layer: to a set of outcomes (layers, section 5).
extension Completion {
  /// A filter of a tier that acts in the direction and may be there.
  private struct Acting {
    var filter: FilterID
    var rules: RuleList
    var position: ClosedRange<Int>
    /// S: whether it is there and selects.
    var isThere: Value
  }

  /// A filter that does not act in a direction, or does not select, is no entry.
  private mutating func acting(in tier: Tier, _ direction: Direction) -> [Acting] {
    var result: [Acting] = []
    for entry in tier.entries {
      guard let rules = network[entry.filter].rules(direction) else { continue }
      let isThere = read(network[entry.filter].present).and(read(entry.selects))
      if isThere == .no { continue }
      result.append(Acting(filter: entry.filter, rules: rules, position: entry.position, isThere: isThere))
    }
    return result
  }

  /// The first rule that matches decides; a subset of allow, deny, next and miss, as if the filter were there.
  mutating func firstMatch(_ filter: FilterID, _ list: RuleList, _ sight: Sight) -> Outcomes {
    var outcomes = Outcomes()
    var isDecided = false
    for (index, rule) in list.rules.enumerated() {
      let value = self.value(of: rule, for: sight)
      if value == .no { continue }
      outcomes.add(Outcomes.Outcome(rule.action), .rule(filter, index: index))
      if value == .yes {
        isDecided = true
        break
      }
    }
    if !isDecided {
      switch network[filter].end {
      case .miss: outcomes.add(.miss, .filters([filter]))
      case .deny: outcomes.add(.deny, .filters([filter]))
      }
    }
    if let open = list.open {
      unknownsMet.insert(open)
      for outcome in [Outcomes.Outcome.allow, .deny, .next] where !outcomes.contains(outcome) {
        outcomes.add(outcome, .filters([filter]))
      }
    }
    return outcomes
  }

  /// Lowest position first; filters whose order is not known are tried in every order.
  private mutating func first(_ tier: Tier, _ sight: Sight) -> Outcomes {
    var evaluated: [(position: ClosedRange<Int>, outcomes: Outcomes)] = []
    for filter in acting(in: tier, sight.direction) {
      var outcomes = firstMatch(filter.filter, filter.rules, sight)
      if filter.isThere == .unknown { outcomes.add(.miss, .unwritten) }
      evaluated.append((filter.position, outcomes))
    }
    var result = Outcomes()
    for (position, outcomes) in evaluated {
      let isShadowed = evaluated.contains {
        $0.position.upperBound < position.lowerBound && !$0.outcomes.contains(.miss)
      }
      if isShadowed { continue }
      for (outcome, cause) in outcomes.found where outcome != .miss { result.add(outcome, cause) }
    }
    if evaluated.allSatisfy({ $0.outcomes.contains(.miss) }) { result.add(.next, .unwritten) }
    if let open = tier.open {
      unknownsMet.insert(open)
      for outcome in [Outcomes.Outcome.allow, .deny, .next] where !result.contains(outcome) {
        result.add(outcome, .unwritten)
      }
    }
    return result
  }

  /// A subset of allow, miss and gone.
  private mutating func union(_ filter: Acting, _ sight: Sight) -> Outcomes {
    var outcomes = Outcomes()
    var value = Value.no
    for (index, rule) in filter.rules.rules.enumerated() where rule.action == .allow && value < .yes {
      let ruleValue = self.value(of: rule, for: sight)
      if ruleValue > .no { outcomes.add(.allow, .rule(filter.filter, index: index)) }
      value = value.or(ruleValue)
    }
    if let open = filter.rules.open, value < .yes {
      unknownsMet.insert(open)
      value = .unknown
      outcomes.add(.allow, .filters([filter.filter]))
    }
    if value < .yes { outcomes.add(.miss, .filters([filter.filter])) }
    if filter.isThere == .unknown { outcomes.add(.gone, .unwritten) }
    return outcomes
  }

  /// Any allow decides; an isolating tier denies what none of its filters admits, once one of them is there.
  private mutating func union(_ tier: Tier, _ sight: Sight) -> Outcomes {
    let filters = acting(in: tier, sight.direction)
    var evaluated: [Outcomes] = []
    for filter in filters { evaluated.append(union(filter, sight)) }
    if let open = tier.open {
      unknownsMet.insert(open)
      evaluated.append(Outcomes(.allow, .miss, .gone))
    }
    var result = Outcomes()
    for outcomes in evaluated {
      for cause in outcomes.causes(of: .allow) { result.add(.allow, cause) }
    }
    if evaluated.contains(where: { $0.isExactly(.allow) }) { return result }
    if !tier.isolates {
      result.add(.next, .unwritten)
      return result
    }
    if evaluated.contains(where: { $0.contains(.miss) }) { result.add(.deny, .filters(filters.map(\.filter))) }
    if evaluated.allSatisfy({ $0.contains(.gone) }) { result.add(.next, .unwritten) }
    return result
  }

  /// The tiers in order, then the default; a subset of allow and deny.
  mutating func outcomes(of layer: LayerID, _ sight: Sight) -> Outcomes {
    var result = Outcomes()
    for tier in network[layer].tiers(sight.direction) {
      let outcomes = tier.mode == .first ? first(tier, sight) : union(tier, sight)
      for (outcome, cause) in outcomes.found where outcome == .allow || outcome == .deny { result.add(outcome, cause) }
      if !outcomes.contains(.next) { return result }
    }
    result.add(network[layer].default == .allow ? .allow : .deny, .unwritten)
    return result
  }
}

extension Outcomes.Outcome {
  init(_ action: Rule.Action) {
    switch action {
    case .allow: self = .allow
    case .deny: self = .deny
    case .next: self = .next
    }
  }
}
