import NetworkModel
import PacketSpace

/// What layers and boundary filters made of all traffic, by everything that they look at: each is evaluated once for each kind of far end.
struct EvaluationCache {
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

  /// What layers make of far ends, each layer's from when it is first asked.
  private(set) var factors: [LayerFactor] = []
  /// By layer and direction, the position among those; -1: not asked yet.
  private var positions: [Int32] = []
  var filters: [FilterKey: Entry] = [:]

  /// The position of a layer's factor in a direction.
  mutating func factor(of layer: LayerID, _ direction: Direction, _ compiled: CompiledNetwork) -> Int {
    if positions.isEmpty { positions = [Int32](repeating: -1, count: compiled.network.layers.count * 2) }
    let place = layer.offset * 2 + (direction == .ingress ? 0 : 1)
    if positions[place] < 0 {
      factors.append(LayerFactor(layer, direction, compiled))
      positions[place] = Int32(factors.count - 1)
    }
    return Int(positions[place])
  }

  /// The position of what a factor makes of a far end among its entries, found when first asked for.
  mutating func entry(
    of factor: Int, far: FarEnd, namedBy endpoint: EndpointID?, judged: Judged, _ compiled: CompiledNetwork
  ) -> Int {
    factors[factor].entry(far: far, namedBy: endpoint, judged: judged, compiled)
  }

  /// By which of a factor's blocks hold it, the kind of a class of addresses.
  mutating func kind(ofClass number: Int, _ factor: Int) -> Int { Int(factors[factor].kind(ofClass: number)) }
}

extension CompiledNetwork {
  /// A layer over all atoms, evaluated once for each kind of far end.
  func layer(
    _ id: LayerID, _ direction: Direction, far: FarEnd, namedBy endpoint: EndpointID?, judged: Judged,
    notes: inout Notes, cache: inout EvaluationCache
  ) -> Bounded {
    let factor = cache.factor(of: id, direction, self)
    let number = cache.entry(of: factor, far: far, namedBy: endpoint, judged: judged, self)
    let entry = cache.factors[factor].entries[number]
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
