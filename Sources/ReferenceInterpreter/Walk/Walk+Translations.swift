import NetworkModel
import PacketSpace

// How an attachment rewrites addresses (the walk, sections 4.3 and 4.6).
extension Walk {
  /// Inward: an outside address becomes its inside, a kept one stays; hiding lets in answers only.
  ///
  /// `nil`: no translation.
  mutating func translateInward(_ packet: Packet, at attachment: AttachmentID) -> Packet? {
    for (index, translation) in entries(of: attachment) {
      guard case .oneToOne(let inside, let outside) = translation.kind,
        completion.particularity(outside, holding: packet.destination) != nil,
        completion.settle(translation.present, key: .translationPresent(attachment, index)),
        let address = completion.address(inside), address.family == packet.destination.family
      else { continue }
      var result = packet
      result.destination = address
      // Nobody bears the address that was sent to.
      waitingEgress?.keeps = false
      pass(.attachment(attachment), .translation(attachment, index: index))
      return result
    }
    for (index, translation) in entries(of: attachment) {
      guard case .keep(let prefix) = translation.kind, completion.holds(prefix, packet.destination),
        completion.settle(translation.present, key: .translationPresent(attachment, index))
      else { continue }
      pass(.attachment(attachment), .translation(attachment, index: index))
      return packet
    }
    return nil
  }

  /// Outward: an inside address becomes its outside, a hidden one the address behind which it hides, a kept one stays.
  mutating func translateOutward(_ packet: Packet, at attachment: AttachmentID) -> Packet? {
    for (index, translation) in entries(of: attachment) {
      guard case .oneToOne(let inside, let outside) = translation.kind,
        completion.particularity(inside, holding: packet.source) != nil,
        completion.settle(translation.present, key: .translationPresent(attachment, index)),
        let address = completion.address(outside), address.family == packet.source.family
      else { continue }
      pass(.attachment(attachment), .translation(attachment, index: index))
      return rewritten(packet, source: address)
    }
    for (index, translation) in entries(of: attachment) {
      guard case .hide(let prefix, let behind) = translation.kind, completion.holds(prefix, packet.source),
        completion.settle(translation.present, key: .translationPresent(attachment, index)),
        let address = completion.address(behind), address.family == packet.source.family
      else { continue }
      pass(.attachment(attachment), .translation(attachment, index: index))
      return withHidingPort(rewritten(packet, source: address))
    }
    for (index, translation) in entries(of: attachment) {
      guard case .keep(let prefix) = translation.kind, completion.holds(prefix, packet.source),
        completion.settle(translation.present, key: .translationPresent(attachment, index))
      else { continue }
      pass(.attachment(attachment), .translation(attachment, index: index))
      return packet
    }
    return nil
  }

  private func entries(of attachment: AttachmentID) -> [(Int, Translation)] {
    Array((network[attachment].translations ?? []).enumerated())
  }

  /// A rewritten source bears nobody's memberships (3).
  private mutating func rewritten(_ packet: Packet, source: PacketAddress) -> Packet {
    var result = packet
    result.source = source
    sender = nil
    lastMachine = nil
    return result
  }
}
