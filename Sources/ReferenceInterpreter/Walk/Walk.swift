import NetworkModel
import PacketSpace

/// One walk: one packet from one origin, in one completion (the walk, sections 1 to 7).
struct Walk {
  /// A blocker, and whether it blocks whatever the values of what is unknown are.
  struct Found {
    var blocker: Blocker
    var isSure: Bool
  }

  /// What a router or a relay remembers of the request (4.2, 6.3).
  enum Record {
    case crossing(RouterID, came: Packet, left: Packet)
    /// A relay at its interface in a segment; its target may be on the same machine.
    case relay(RelayID, SegmentID, came: Packet, left: Packet, sameMachine: Bool)
    /// Rewritten before the first SEND: by a relay at the source (6.5), or by the front (layers, 3.3).
    case atSource(came: Packet, left: Packet)

    var left: Packet {
      switch self {
      case .crossing(_, _, let left), .relay(_, _, _, let left, _), .atSource(_, let left): left
      }
    }
  }

  /// Where a half is.
  enum Step {
    case send(SegmentID, Packet, due: [FilterID])
    case deliver(SegmentID, Packet)
    case router(AttachmentID, Packet, from: SegmentID?, due: [FilterID])
    case zone(AttachmentID, Packet)
    case ended(End)
    case stopped(Blocker)

    /// Where a half ended.
    enum End {
      case endpoint(Bearer, SegmentID, Packet)
      /// The host without groups that the origin is.
      case host(SegmentID, Packet)
      case zone(ZoneID, by: AttachmentID, Packet)
    }
  }

  /// Once at one attachment with one packet, in one half (4.1).
  struct Visit: Hashable {
    var attachment: AttachmentID
    var packet: Packet
  }

  /// A stateful filter that judged the request at a place (2.3).
  struct Judged: Hashable {
    var place: Place
    var filter: FilterID
  }

  /// The origin's egress layers wait until it is known to whom the packet is delivered (3): they are judged once the request has ended.
  struct WaitingEgress {
    var origin: Bearer
    /// The endpoint whose interface layers are met: the origin, or its front.
    var interface: Bearer
    var packet: Packet
    /// Every attachment crossed so far keeps membership for egress rules, and the destination is still the one that was sent to.
    var keeps = true
    /// The endpoint to which the packet was first delivered, if membership was kept up to there.
    var delivered: Bearer?
    var isDelivered = false
  }

  let network: Network
  let index: NetworkIndex
  let question: WalkQuestion
  var completion: Completion

  var half = Half.request
  var found: [Found] = []
  var hops: [Hop] = []
  var assumptions: Set<AssumptionID> = []
  var unknowns: Set<UnknownID> = []

  // What holds for one half.
  var zoneOfPacket: String?
  var visits: Set<Visit> = []
  /// The endpoint whose memberships the packet bears for ingress rules (3).
  var sender: Bearer?

  // What the request leaves behind.
  /// The packet as the origin sends it, and as it leaves the interface: behind a relay at the source and a front.
  var sent: Packet
  var wire: Packet
  /// The segment in which it starts, and the endpoint by whose interface it leaves.
  var home: SegmentID?
  var originInterface: EndpointID?
  var sourceRelay: RelayID?
  var records: [Record] = []
  var judged: Set<Judged> = []
  var waitingEgress: WaitingEgress?
  /// The machine that the packet last left (layers, 3.7).
  var lastMachine: MachineID?
  /// The address that routers' filters see as source behind a relay (6.3).
  var sourceShown: PacketAddress?
  /// Relay interfaces that passed the packet on, and the target to which the last of them did.
  var passedOnBy: Set<EndpointID> = []
  var passedOnTo: Bearer?
  var relayed: Set<RelayVisit> = []
  var exit: AttachmentID?

  // What the answer leaves behind.
  var crossedBack: Set<RouterID> = []
  /// The request was stopped: what its answer lacks proves nothing (7.4).
  var requestStopped = false

  /// Once at one relay's interface with one packet.
  struct RelayVisit: Hashable {
    var interface: EndpointID
    var packet: Packet
  }

  init(_ network: Network, _ index: NetworkIndex, _ question: WalkQuestion, script: ChoiceScript) {
    self.network = network
    self.index = index
    self.question = question
    self.completion = Completion(network, script: script)
    self.sent = question.packet
    self.wire = question.packet
  }
}

// MARK: - Blockers

extension Walk {
  /// Adds a blocker and goes on; each is listed once (7.6).
  mutating func block(_ place: Place, _ reason: BlockReason, isSure: Bool = true) {
    if half == .answer, requestStopped, reason.provesNothingAfterStop { return }
    let blocker = Blocker(half, place, reason)
    if let index = found.firstIndex(where: { $0.blocker == blocker }) {
      found[index].isSure = found[index].isSure || isSure
    } else {
      found.append(Found(blocker: blocker, isSure: isSure))
    }
  }

  /// Adds a blocker and ends the half.
  mutating func stop(_ place: Place, _ reason: BlockReason) -> Step {
    block(place, reason)
    return .stopped(Blocker(half, place, reason))
  }

  /// Blocks where a statement is not true, and may block where it is unknown.
  mutating func require(_ truth: Truth, _ place: Place, _ reason: BlockReason) {
    switch truth {
    case .yes: return
    case .no: block(place, reason)
    case .unknown(let id):
      unknowns.insert(id)
      block(place, reason, isSure: false)
    }
  }

  mutating func pass(_ place: Place, _ decision: Hop.Decision) { hops.append(Hop(half, place, decision)) }
}

extension BlockReason {
  /// What the answer to a stopped request lacks without proving anything (7.4).
  fileprivate var provesNothingAfterStop: Bool {
    switch self {
    case .noState, .noTranslationIn, .wrongAddress, .reachesAnother, .notCrossedBack: true
    default: false
    }
  }
}
