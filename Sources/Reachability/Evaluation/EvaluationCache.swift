import NetworkModel
import PacketSpace

/// What layers and boundary filters made of all traffic, by everything that they look at: each is evaluated once for each kind of far end.
struct EvaluationCache {
  struct LayerKey: Hashable {
    var layer: LayerID
    var direction: Direction
  }

  struct FilterKey: Hashable {
    var filter: FilterID
    var direction: Direction
    var far: Int
    var near: Int
    var judged: Judged
  }

  struct Entry {
    var bounds: Bounded
    var notes: Notes
  }

  var layers: [LayerKey: LayerFactor] = [:]
  var filters: [FilterKey: Entry] = [:]
}

extension CompiledNetwork {
  /// A layer over all atoms, evaluated once for each kind of far end.
  func layer(
    _ id: LayerID, _ direction: Direction, far: FarEnd, namedBy endpoint: EndpointID?, judged: Judged,
    notes: inout Notes, cache: inout EvaluationCache
  ) -> Bounded {
    let key = EvaluationCache.LayerKey(layer: id, direction: direction)
    let entry = cache.layers[key, default: LayerFactor(id, direction, self)].entry(
      far: far, namedBy: endpoint, judged: judged, self
    ) {
      var own = Notes()
      let bounds = layer(
        id, direction, far: far, named: endpoint.map { network.endpoints[$0.offset] }, judged: judged, notes: &own)
      return EvaluationCache.Entry(bounds: bounds, notes: own)
    }
    notes.merge(entry.notes)
    return entry.bounds
  }

  /// A boundary or admission filter over all atoms: it must say allow.
  func boundary(
    _ id: FilterID, _ direction: Direction, far: WayAddress, near: WayAddress, judged: Judged, notes: inout Notes,
    cache: inout EvaluationCache
  ) -> Bounded {
    let key = EvaluationCache.FilterKey(
      filter: id, direction: direction, far: far.addressClass, near: near.addressClass, judged: judged)
    if let known = cache.filters[key] {
      notes.merge(known.notes)
      return known.bounds
    }
    var own = Notes()
    own.note(network.filters[id.offset].assumptions)
    let outcomes = firstMatch(
      filters[id.offset], direction, selects: .yes,
      far: FarEnd(addressClass: far.addressClass, number: far.address.number, bearer: nil), near: near.addressClass,
      named: nil, judged: judged, notes: &own)
    let must = outcomes.allow.subtracting(outcomes.deny).subtracting(outcomes.next).subtracting(outcomes.miss)
    let bounds = Bounded(may: outcomes.allow, must: must)
    cache.filters[key] = EvaluationCache.Entry(bounds: bounds, notes: own)
    notes.merge(own)
    return bounds
  }
}
