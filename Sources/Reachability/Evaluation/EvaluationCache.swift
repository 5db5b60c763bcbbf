import NetworkModel
import PacketSpace

/// What layers and boundary filters made of all traffic, by everything that they look at: each is evaluated once for each kind of far end.
struct EvaluationCache {
  struct LayerKey: Hashable {
    var layer: LayerID
    var direction: Direction
    var addressClass: Int
    /// The far end's memberships, or -1 where it bears none.
    var memberships: Int
    /// The endpoint whose named ports are looked at, or -1.
    var named: Int32
    var judged: Judged
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

  var layers: [LayerKey: Entry] = [:]
  var filters: [FilterKey: Entry] = [:]
}

extension CompiledNetwork {
  /// A layer over all atoms, evaluated once for each kind of far end.
  func layer(
    _ id: LayerID, _ direction: Direction, far: FarEnd, namedBy endpoint: EndpointID?, judged: Judged,
    notes: inout Notes, cache: inout EvaluationCache
  ) -> Bounded {
    let usesNames = layersWithNames.contains(id)
    let key = EvaluationCache.LayerKey(
      layer: id, direction: direction, addressClass: far.addressClass,
      memberships: far.bearer.map { membershipNumbers[$0.endpoint.offset][$0.placement] } ?? -1,
      named: usesNames ? endpoint?.index ?? -1 : -1, judged: judged)
    if let known = cache.layers[key] {
      notes.merge(known.notes)
      return known.bounds
    }
    var own = Notes()
    let bounds = layer(
      id, direction, far: far, named: endpoint.map { network.endpoints[$0.offset] }, judged: judged, notes: &own)
    cache.layers[key] = EvaluationCache.Entry(bounds: bounds, notes: own)
    notes.merge(own)
    return bounds
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
