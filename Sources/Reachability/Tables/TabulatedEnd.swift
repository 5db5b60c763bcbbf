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

/// An end of a pair table. Changed while it is made only; lent to pair after pair, which a copy of all that it holds would slow down.
final class TabulatedEnd {
  var spots: [Spot]
  /// Public addresses by which it is reached besides.
  var aims: [Spot] = []
  var segment: SegmentID?
  /// The routing component of its segment.
  var component: Int?
  var machine: MachineID?
  /// The layers that let its packets out and let packets in; -1: none.
  var out: Int32 = -1
  var into: Int32 = -1
  /// Whether pairs that it begins and pairs that it ends are answered by factors.
  var isSimpleSource: Bool
  var isSimpleTarget: Bool

  init(spots: [Spot], isSimpleSource: Bool, isSimpleTarget: Bool) {
    self.spots = spots
    self.isSimpleSource = isSimpleSource
    self.isSimpleTarget = isSimpleTarget
  }
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
