import NetworkModel
import PacketSpace

extension CompiledNetwork {
  /// The filters to name when a layer denies an atom: the one that said it, or all that selected in the tier that denies; none where the
  /// layer's default denied (the walk, 2.4).
  func blame(_ id: LayerID, _ direction: Direction, atom: Int, far: FarEnd, named: Endpoint?, judged: Judged)
    -> [FilterID]
  {
    var notes = Notes()
    for tier in network[id].tiers(direction) {
      let entries = tier.entries.filter {
        $0.selects != .no && filters[$0.filter.offset].rules(direction) != nil
      }
      switch tier.mode {
      case .first:
        for entry in entries.sorted(by: { $0.position.lowerBound < $1.position.lowerBound }) {
          let outcomes = firstMatch(
            filters[entry.filter.offset], direction, selects: entry.selects, far: far, near: nil, named: named,
            judged: judged, notes: &notes)
          if outcomes.deny.contains(atom) { return [entry.filter] }
          if !outcomes.miss.contains(atom) { break }
        }
      case .union:
        let allowed = entries.contains { entry in
          let outcomes = union(
            filters[entry.filter.offset], direction, selects: entry.selects, far: far, named: named, judged: judged,
            notes: &notes)
          return outcomes.allow.contains(atom) && !outcomes.miss.contains(atom) && !outcomes.gone.contains(atom)
        }
        if allowed { return [] }
        if tier.isolates, !entries.isEmpty { return entries.map(\.filter) }
      }
    }
    return []
  }
}
