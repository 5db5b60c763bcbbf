import NetworkModel

/// Which segments a packet can go between without leaving the snapshot: those of routers that are attached to each other.
///
/// Between two components nothing passes to an address that no translation gives out, so pairs across them need not be asked.
struct RoutingComponents: Sendable {
  private let numbers: [Int32]
  private let routers: [Int32]
  let count: Int

  /// The component of a segment.
  func number(of segment: SegmentID) -> Int { Int(numbers[segment.offset]) }

  /// The component of a router.
  func number(of router: RouterID) -> Int { Int(routers[router.offset]) }

  init(_ compiled: CompiledNetwork) {
    let network = compiled.network
    // Routers and segments in one numbering, joined by attachments.
    var groups = DisjointSets(count: network.routers.count + network.segments.count)
    func node(_ segment: SegmentID) -> Int { network.routers.count + segment.offset }
    for (index, segment) in network.segments.enumerated() {
      if let gateway = segment.gateway {
        groups.join(network.attachments[gateway.offset].router.offset, network.routers.count + index)
      }
    }
    var open: Int?
    for attachment in network.attachments {
      let router = attachment.router.offset
      switch attachment.farSide {
      case .ports(let ports): for port in ports { groups.join(router, node(port.segment)) }
      case .attachment(let next): groups.join(router, network.attachments[next.offset].router.offset)
      case .zones:
        // What keeps its own address beyond a gateway is owned by that gateway, and reached from every other.
        let keeps = (attachment.translations ?? []).contains { if case .keep = $0.kind { true } else { false } }
        if keeps {
          if let open { groups.join(open, router) }
          open = router
        }
      }
    }
    var known: [Int: Int32] = [:]
    func number(_ node: Int) -> Int32 {
      let root = groups.root(of: node)
      let number = known[root] ?? Int32(known.count)
      known[root] = number
      return number
    }
    numbers = network.segments.indices.map { number(network.routers.count + $0) }
    routers = network.routers.indices.map { number($0) }
    count = known.count
  }
}

/// Union and find, with paths halved on the way.
private struct DisjointSets {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  mutating func root(of element: Int) -> Int {
    var element = element
    while parents[element] != element {
      parents[element] = parents[parents[element]]
      element = parents[element]
    }
    return element
  }

  mutating func join(_ one: Int, _ other: Int) { parents[root(of: one)] = root(of: other) }
}
