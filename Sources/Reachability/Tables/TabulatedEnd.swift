package import NetworkModel
package import PacketSpace

/// Who a pair table asks about.
package enum TableEnd: Hashable, Sendable {
  case endpoint(EndpointID)
  /// A part of a zone.
  case zone(ZoneID, within: AddressSet)
}

/// One address of an end, by what a pair of ends is told apart by.
struct Spot {
  var family: IPFamily
  /// Where it is, as a way sees it.
  var place: Int32
  /// What rules of the other end see of it, with its memberships and without.
  var kind: Int32
  var bareKind: Int32
  /// The addresses that it may be, one for each class that rules tell apart; one where it is known.
  var cases: [WayAddress]
  /// The routing component beyond which nobody reaches it; `nil`: anybody may.
  var component: Int?
}

/// An end of a pair table.
struct TabulatedEnd {
  var spots: [Spot]
  /// Public addresses by which it is reached besides.
  var aims: [Spot] = []
  var segment: SegmentID?
  /// The routing component of its segment.
  var component: Int?
  var machine: MachineID?
  /// The layers that let its packets out and let packets in; -1: none.
  var out: Int32
  var into: Int32
  /// Whether pairs that it begins and pairs that it ends are answered by factors.
  var isSimpleSource: Bool
  var isSimpleTarget: Bool
}

/// What a way sees of where an end is.
struct SpotPlace: Hashable {
  var place: Way.Place
  /// The classes of an address that is not known.
  var classes: [Int]
  var hasMachine: Bool
}

/// What the rules of one end see of another.
struct SpotKind: Hashable {
  /// The classes of its address: several where it is not known.
  var classes: [Int]
  /// The number of its memberships; -1: none are borne.
  var memberships: Int
  /// By which its named ports differ from others'; -1: nobody looks.
  var names: Int
}

/// What lets packets of an end out or in.
struct Door: Hashable {
  var direction: Direction
  var layers: [LayerID]
  var accepts: TrafficSet?
  var names: Int
}
