import Diagnostics
import NetworkModel
import PacketSpace

/// Zones that the project file declares.
enum ZoneDeclarations {
  /// A zone behind a gateway takes the place of what is not known there: what lies behind it is exactly the declared addresses.
  static func add(_ zones: [ZoneDefinition], to network: inout Network, diagnostics: inout [Diagnostic]) {
    for zone in zones {
      let addresses = AddressSet(zone.addresses.map(\.value))
      let derivation = Derivation(zone.name.range)
      let id = network.add(
        Zone(
          identity: Identity(key: zone.name.value, name: zone.name.value), addresses: addresses, derivation: derivation)
      )
      for gateway in zone.behind {
        let attachments = attachments(named: gateway.value, in: network)
        if attachments.isEmpty {
          diagnostics.append(
            Diagnostic(
              code: "TP0240", severity: .warning, message: "nothing routes to `\(gateway.value)`",
              primary: Diagnostic.Label(
                range: gateway.range, text: "no route of the snapshot leads to a gateway of that name"),
              notes: ["the zone `\(zone.name.value)` is reached by nobody through it"]))
        }
        for attachment in attachments {
          network.zones[id.offset].behind.append(attachment)
          replaceImplicit(at: attachment, by: id, in: &network)
        }
      }
      if zone.behind.isEmpty { warnIfWide(zone, &diagnostics) }
    }
  }

  private static func attachments(named name: String, in network: Network) -> [AttachmentID] {
    network.attachments.indices.map { AttachmentID($0) }.filter { id in
      guard case .zones = network[id].farSide else { return false }
      return network[id].identity.name == name || network[id].identity.key == name
    }
  }

  private static func replaceImplicit(at attachment: AttachmentID, by zone: ZoneID, in network: inout Network) {
    guard case .zones(let zones) = network[attachment].farSide else { return }
    let kept = zones.filter { id in
      if case .implicit = network[id].kind { return false }
      return true
    }
    network.attachments[attachment.offset].farSide = .zones(kept + [zone])
  }

  /// A declared public zone is taken out of the internet, so a wide one hides much.
  private static func warnIfWide(_ zone: ZoneDefinition, _ diagnostics: inout [Diagnostic]) {
    for address in zone.addresses {
      let widest = address.value.family == .v4 ? 16 : 32
      guard address.value.length < widest, AddressSet(address.value).overlaps(.internetSpace) else { continue }
      diagnostics.append(
        Diagnostic(
          code: "TP0241", severity: .warning,
          message: "the public zone `\(zone.name.value)` is wider than /\(widest)",
          primary: Diagnostic.Label(range: address.range, text: "what lies in it is not the internet any more"),
          help: "name the ranges that are yours"))
    }
  }
}
