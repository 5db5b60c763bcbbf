import NetworkModel
import PacketSpace

/// An address on the way: what the packet bears, and the class that rules see.
struct WayAddress: Hashable {
  var address: PacketAddress
  var addressClass: Int
}

/// Where a walk stands. Copied at every fork, so that each way has its own.
///
/// All traffic takes the walk together: masks say which of the packets, as they were sent, are still on it. Movement depends on
/// addresses only; where it depends on ports (a relay's listener, hiding) the walk forks.
struct WalkState {
  var half = Half.request
  var source: WayAddress
  var destination: WayAddress
  /// How a sent atom's header reads now: an index into the walk's mappings; 0 is unchanged.
  var mapping = 0
  /// The atoms that take this way.
  var domain: BitSet
  /// Those of them that nothing surely blocked, and those that nothing may have blocked.
  var may: BitSet
  var must: BitSet
  /// Whose memberships ingress rules see; `nil` once lost.
  var bearer: Bearer?
  /// The origin's egress layers are still to be judged: who receives the packet as sent is not known yet.
  var egressPending = false
  /// The last machine that the packet left by no segment's way, for layers that are not met on one machine.
  var machine: MachineID?
  var zone: String?
  var crossings: [Crossing] = []
  var passages: [Passage] = []
  /// The attachments entered in this half, with the packet that entered.
  var visited: [Visit] = []
  /// Routers crossed by the answer.
  var crossedBack: [RouterID] = []
  /// Stateful filters that judged the request, and where.
  var judged: Set<JudgedPlace> = []
  /// The attachment by which the request left into a zone.
  var exit: AttachmentID?
  /// Behind a relay that keeps the client: the interface's address, which routers' filters see as source.
  var routerSource: WayAddress?
  var chosenPorts: [AttachmentID: Int] = [:]
  var chosenPlacements: [EndpointID: Int] = [:]
  /// The placement of the second one like the origin that the request meets, where the origin stands for many.
  var secondPlacement: Int?
  /// The last packet recorded as left, for the far end of a request that stopped.
  var lastLeft: Header?
  /// The packet as sent where it is not the question's: a front gave it another source.
  var sentHeader: Header?
  /// Set while the far end of a request that stopped is judged for its own sake.
  var wasStopped = false
  /// What arrived, while the answer is walked.
  var arrived: Arrived?

  /// The header now.
  var header: Header { Header(source: source, destination: destination, mapping: mapping) }
}

/// A packet's header for comparison: addresses, and how the sent ports read.
struct Header: Hashable {
  var source: WayAddress
  var destination: WayAddress
  var mapping: Int

  /// The header of an answer to this packet, its ports written as the request's.
  var answered: Header { Header(source: destination, destination: source, mapping: mapping) }
}

/// A crossing of a router that the request made: how the packet came and how it left.
struct Crossing {
  var router: RouterID
  var came: Header
  var left: Header
}

/// A relay that passed the request on and keeps the client.
struct Passage {
  var relay: RelayID
  /// The interface's segment; `nil` for a relay at the source.
  var segment: SegmentID?
  var came: Header
  var sent: Header
  /// Whether relay and target are on one machine, so that nothing lies between them.
  var isOnSameMachine = false
}

struct Visit: Hashable {
  var attachment: AttachmentID
  var header: Header
}

struct JudgedPlace: Hashable {
  var filter: FilterID
  var segment: SegmentID?
  var attachment: AttachmentID?
}

/// Boundary filters that a packet still owes for leaving a segment.
struct Leaving {
  var segment: SegmentID
  var due: Bool
}

extension WalkState {
  /// The packet leaves by a front, with its address: what was recorded of it so far bears that address too.
  mutating func leave(as address: WayAddress) {
    let own = source
    source = address
    for index in passages.indices {
      if passages[index].came.source == own { passages[index].came.source = address }
      if passages[index].sent.source == own { passages[index].sent.source = address }
    }
    sentHeader = passages.first?.came ?? header
    lastLeft = header
  }
}
