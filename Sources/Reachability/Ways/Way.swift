import NetworkModel
import PacketSpace

/// The way between two places, without the layers of who stands there: what passes it from any source here to any destination there.
///
/// A connection is what the source's layers let out, what the way lets through and what the destination's layers let in. Each of the
/// three is found once, so the work grows with the kinds of each and not with their pairs.
struct Way {
  /// What of the ends a way depends on. Everything else that a walk may look at makes it particular to its ends (`EndsSeen`).
  struct Key: Hashable {
    var source: Place
    var destination: Place
    var family: IPFamily
    /// Whether the source is on a machine, which a packet may come from no longer when it arrives.
    var hasMachine: Bool
  }

  enum Place: Hashable {
    /// A segment and the class of an address there, as far as ways tell classes apart. An address of unknown number that the other end's
    /// segment holds too is delivered there.
    case segment(SegmentID, wayClass: Int32, isUnknown: Bool, isHeldAcross: Bool)
    /// An endpoint that stands at a place of its own, by one of its addresses; one that is not known is of one class or another.
    case own(Bearer, PacketAddress, wayClass: Int32)
    /// A zone and the class of an address there.
    case zone(ZoneID, by: AttachmentID?, wayClass: Int32)
    /// A zone and a number that is looked up on the way.
    case number(ZoneID, by: AttachmentID?, IPAddress)
  }

  /// What passes, by how its header reads on arrival.
  var outcome: Outcome
  /// Whether the source's layers know who receives the packet: its memberships were not lost before.
  var knowsReceiver: Bool
  /// With what it arrives; `nil` where nothing arrives at an endpoint.
  var arrival: EndsSeen.Arrival?
  var notes: Notes

  /// What lets the same pass in the same way, whatever was met on it.
  struct Traits: Hashable {
    private var parts: [Outcome.Part]
    private var knowsReceiver: Bool
    private var arrival: EndsSeen.Arrival?

    init(_ way: Way) {
      parts = way.outcome.parts
      knowsReceiver = way.knowsReceiver
      arrival = way.arrival
    }
  }
}

/// What a walk that leaves the layers of its ends open has looked at of them.
///
/// A walk that looked at nothing but where the ends are gives the way of all that stand there. One that met a relay, a router's own
/// interface with layers or another holder of an address is particular, and is walked for each pair.
struct EndsSeen {
  /// Whether each end stands at a place of its own, where who else holds its address is part of the way.
  var isSourceOwn = false
  var isDestinationOwn = false
  var isParticular = false
  private(set) var knowsReceiver: Bool?
  private(set) var arrival: Arrival?

  struct Arrival: Hashable {
    /// Whether what arrives bears the source's memberships.
    var bears: Bool
    /// Whether what arrives comes from the source's machine still.
    var keepsMachine: Bool
    /// The address that something on the way gave it as its source; `nil`: its own.
    var source: WayAddress?
  }

  /// The source's layers are judged; a walk that forks into some that know the receiver and some that do not is particular.
  mutating func see(receiver: Bool) {
    if let knowsReceiver, knowsReceiver != receiver { isParticular = true }
    knowsReceiver = receiver
  }

  mutating func see(_ seen: Arrival) {
    if let arrival, arrival != seen { isParticular = true }
    arrival = seen
  }
}
