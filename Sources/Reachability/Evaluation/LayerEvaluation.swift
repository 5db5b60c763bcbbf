import NetworkModel
import PacketSpace

/// The atoms that may pass something, and those that must.
struct Bounded: Hashable {
  var may: BitSet
  var must: BitSet

  /// Both must let it pass.
  mutating func formIntersection(_ other: Bounded) {
    may.formIntersection(other.may)
    must.formIntersection(other.must)
  }
}

extension CompiledNetwork {
  /// A layer over all atoms (layers, section 5, "Layer").
  func layer(_ id: LayerID, _ direction: Direction, far: FarEnd, named: Endpoint?, judged: Judged, notes: inout Notes)
    -> Bounded
  {
    let layer = network[id]
    notes.note(layer.assumptions)
    var allow = BitSet(count: atoms.count)
    var deny = BitSet(count: atoms.count)
    var going = atoms.everything
    for tier in layer.tiers(direction) {
      let outcomes = self.tier(tier, direction, far: far, named: named, judged: judged, notes: &notes)
      allow.formUnion(outcomes.allow.intersection(going))
      deny.formUnion(outcomes.deny.intersection(going))
      going.formIntersection(outcomes.next)
      if going.isEmpty { break }
    }
    switch layer.default {
    case .allow: allow.formUnion(going)
    case .deny: deny.formUnion(going)
    }
    return Bounded(may: allow, must: allow.subtracting(deny))
  }

  private func tier(
    _ tier: Tier, _ direction: Direction, far: FarEnd, named: Endpoint?, judged: Judged, notes: inout Notes
  ) -> Outcomes {
    switch tier.mode {
    case .first: first(tier, direction, far: far, named: named, judged: judged, notes: &notes)
    case .union: union(tier, direction, far: far, named: named, judged: judged, notes: &notes)
    }
  }

  /// The entries of a tier that act in a direction.
  private func acting(_ tier: Tier, _ direction: Direction) -> [Tier.Entry] {
    tier.entries.filter { $0.selects != .no && filters[$0.filter.offset].rules(direction) != nil }
  }

  private func first(
    _ tier: Tier, _ direction: Direction, far: FarEnd, named: Endpoint?, judged: Judged, notes: inout Notes
  ) -> Outcomes {
    var result = Outcomes(count: atoms.count)
    let entries = acting(tier, direction)
    var each: [Outcomes] = []
    for entry in entries {
      notes.note(network[entry.filter].assumptions)
      each.append(
        firstMatch(
          filters[entry.filter.offset], direction, selects: entry.selects, far: far, near: nil, named: named,
          judged: judged, notes: &notes))
    }
    // An entry is heard where nothing that surely precedes it surely speaks.
    let byLast = entries.indices.sorted { entries[$0].position.upperBound < entries[$1].position.upperBound }
    let byFirst = entries.indices.sorted { entries[$0].position.lowerBound < entries[$1].position.lowerBound }
    var heard = atoms.everything
    var preceding = 0
    for index in byFirst {
      while preceding < byLast.count,
        entries[byLast[preceding]].position.upperBound < entries[index].position.lowerBound
      {
        heard.formIntersection(each[byLast[preceding]].miss)
        preceding += 1
      }
      result.allow.formUnion(each[index].allow.intersection(heard))
      result.deny.formUnion(each[index].deny.intersection(heard))
      result.next.formUnion(each[index].next.intersection(heard))
    }
    var silent = atoms.everything
    for outcomes in each { silent.formIntersection(outcomes.miss) }
    result.next.formUnion(silent)
    if let open = tier.open {
      notes.note(open)
      result.allow = atoms.everything
      result.deny = atoms.everything
      result.next = atoms.everything
    }
    return result
  }

  private func union(
    _ tier: Tier, _ direction: Direction, far: FarEnd, named: Endpoint?, judged: Judged, notes: inout Notes
  ) -> Outcomes {
    var result = Outcomes(count: atoms.count)
    var surelyAllowed = BitSet(count: atoms.count)
    var someMiss = BitSet(count: atoms.count)
    var allGone = atoms.everything
    for entry in acting(tier, direction) {
      notes.note(network[entry.filter].assumptions)
      let outcomes = union(
        filters[entry.filter.offset], direction, selects: entry.selects, far: far, named: named, judged: judged,
        notes: &notes)
      result.allow.formUnion(outcomes.allow)
      surelyAllowed.formUnion(outcomes.allow.subtracting(outcomes.miss).subtracting(outcomes.gone))
      someMiss.formUnion(outcomes.miss)
      allGone.formIntersection(outcomes.gone)
    }
    if let open = tier.open {
      notes.note(open)
      result.allow = atoms.everything
      someMiss = atoms.everything
    }
    let rest = atoms.everything.subtracting(surelyAllowed)
    if tier.isolates {
      result.deny = someMiss.intersection(rest)
      result.next = allGone.intersection(rest)
    } else {
      result.next = rest
    }
    return result
  }
}
