import NetworkModel
import PacketSpace

/// What layers and boundary filters made of all traffic, by everything that they look at: each is evaluated once for each kind of far end.
struct EvaluationCache {
  /// What tells judgements of boundary filters apart, in one number.
  struct FilterKey: Hashable {
    private let number: UInt64

    /// `nil` where the numbers are too large for it.
    init?(_ filter: FilterID, _ direction: Direction, far: Int, near: Int, _ judged: Judged) {
      guard filter.offset < 1 << 22, far < 1 << 20, near < 1 << 20 else { return nil }
      let ends = UInt64(far) << 20 | UInt64(near)
      number =
        (UInt64(filter.offset) << 40 | ends) << 2 | (direction == .ingress ? 2 : 0) | (judged == .request ? 1 : 0)
    }
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

  /// The kinds of memberships that a factor tells apart.
  mutating func kindsOfMemberships(_ factor: Int, _ compiled: CompiledNetwork) -> [(set: Int32, kind: Int32)] {
    factors[factor].kindsOfMemberships(compiled)
  }

  /// The position of what a factor makes of a far end among its entries, found when first asked for.
  mutating func entry(
    of factor: Int, far: FarEnd, namedBy endpoint: EndpointID?, judged: Judged, _ compiled: CompiledNetwork
  ) -> Int {
    factors[factor].entry(far: far, namedBy: endpoint, judged: judged, compiled)
  }
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
    let key = EvaluationCache.FilterKey(id, direction, far: far.addressClass, near: near.addressClass, judged)
    if let key, let known = cache.filters[key] {
      notes.merge(known.notes)
      return known.bounds
    }
    var own = Notes()
    own.note(network.filters[id.offset].assumptions)
    // One that is not there is not asked; elsewhere its list is evaluated as if it were.
    let present = filters[id.offset].present
    if present == .no {
      let everything = Bounded(may: atoms.everything, must: atoms.everything)
      if let key { cache.filters[key] = EvaluationCache.Entry(bounds: everything, notes: Notes()) }
      return everything
    }
    var filter = filters[id.offset]
    filter.present = .yes
    let outcomes = firstMatch(
      filter, direction, selects: .yes,
      far: FarEnd(addressClass: far.addressClass, number: far.address.number, bearer: nil), near: near.addressClass,
      named: nil, judged: judged, notes: &own)
    let must = outcomes.allow.subtracting(outcomes.deny).subtracting(outcomes.next).subtracting(outcomes.miss)
    var bounds = Bounded(may: outcomes.allow, must: must)
    if let unknown = present.unknown {
      own.note(unknown)
      bounds.may = atoms.everything
    }
    if let key { cache.filters[key] = EvaluationCache.Entry(bounds: bounds, notes: own) }
    notes.merge(own)
    return bounds
  }
}
