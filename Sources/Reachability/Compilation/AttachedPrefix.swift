import NetworkModel
import PacketSpace

/// A prefix of a segment that a router is attached to.
struct AttachedPrefix: Sendable {
  var prefix: IPPrefix
  var attachment: AttachmentID
  var segment: SegmentID

  /// By router, longest prefixes first; of equal ones the network's order decides.
  static func all(in network: Network) -> [[AttachedPrefix]] {
    network.routers.map { router in
      var found: [AttachedPrefix] = []
      for attachment in router.attachments {
        guard case .ports(let ports) = network[attachment].farSide else { continue }
        for port in ports {
          for prefix in network[port.segment].prefixes {
            found.append(AttachedPrefix(prefix: prefix, attachment: attachment, segment: port.segment))
          }
        }
      }
      return found.enumerated().sorted { ($1.element.prefix.length, $0.offset) < ($0.element.prefix.length, $1.offset) }
        .map(\.element)
    }
  }
}
