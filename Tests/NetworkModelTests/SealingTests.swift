import NetworkModel
import PacketSpace
import TestSupport
import Testing

/// What a network knows only once every loader has run.
@Suite struct SealingTests {
  static func set(_ prefixes: String...) -> AddressSet { AddressSet(prefixes.map(Sketch.prefix)) }

  static func held(_ prefix: String) -> HeldAddress { .prefix(Sketch.prefix(prefix)) }

  /// The internet behind an attachment with these translations, sealed.
  static func internet(_ translations: [Translation], zones: [Zone] = []) -> AddressSet {
    var sketch = Sketch()
    _ = sketch.segment(1)
    let (internet, out) = sketch.zone(.internet, "198.51.0.0/16")
    sketch.network.attachments[out.offset].translations = translations
    for zone in zones { _ = sketch.network.add(zone) }
    sketch.network.seal()
    return sketch.network[internet].addresses
  }

  @Test func `the internet is less the public addresses that the snapshot translates`() {
    let addresses = Self.internet([
      Translation(.oneToOne(inside: Self.held("10.0.1.4/32"), outside: Self.held("198.51.7.4/32"))),
      Translation(.keep(Sketch.prefix("198.51.128.0/17"))),
      // Addresses behind which others hide are no endpoint's own.
      Translation(.hide(.anyIPv4, behind: Self.held("198.51.8.0/32"))),
    ])
    #expect(addresses == Self.set("198.51.0.0/17").subtracting(Self.set("198.51.7.4/32")))
  }

  @Test func `the internet is less the declared zones that come in as it does, and not those that lie elsewhere`() {
    let open = Zone(identity: Identity(key: "office"), addresses: Self.set("198.51.7.0/24"))
    let behind = Zone(
      identity: Identity(key: "site"), addresses: Self.set("198.51.8.0/24"), behind: [AttachmentID(0)])
    #expect(
      Self.internet([], zones: [open, behind]) == Self.set("198.51.0.0/16").subtracting(Self.set("198.51.7.0/24")))
  }

  @Test func `what another gateway translates is no address of the internet's`() {
    var sketch = Sketch()
    let segment = sketch.segment(1)
    let (internet, _) = sketch.zone(.internet, "198.51.0.0/16")
    if let port = sketch.attachments[segment] {
      sketch.network.attachments[port.offset].translations = [Translation(.keep(Sketch.prefix("198.51.7.0/24")))]
    }
    sketch.network.seal()
    #expect(sketch.network[internet].addresses == Self.set("198.51.0.0/16"))
  }

  @Test func `an unknown address is none that something else in its segment holds`() {
    var sketch = Sketch()
    let here = sketch.segment(1)
    let there = sketch.segment(2)
    _ = sketch.host("known", in: here, "10.0.1.4")
    _ = sketch.host("elsewhere", in: there, "10.0.1.5")
    if let port = sketch.attachments[here] {
      sketch.network.attachments[port.offset].farSide = .ports([
        .init(segment: here, addresses: [Self.held("10.0.1.1/32")])
      ])
    }
    let unknown = sketch.host("unknown", in: here, somewhereIn: "10.0.1.0/29")
    sketch.network.seal()
    guard case .unknown(let address) = sketch.network[unknown].placements[0].addresses[0] else { return }
    #expect(
      sketch.network[address].within == Self.set("10.0.1.0/29").subtracting(Self.set("10.0.1.1/32", "10.0.1.4/32")))
  }

  @Test func `an unknown public address is none of the known ones`() {
    var sketch = Sketch()
    _ = sketch.segment(1)
    let (_, out) = sketch.zone(.internet, "0.0.0.0/0")
    let open = AddressSet.internetSpace.restricted(to: .v4)
    let free = sketch.network.add(UnknownAddress(within: open, unknown: sketch.unknown()))
    let pool = sketch.network.add(UnknownAddress(within: Self.set("198.51.7.0/24"), unknown: sketch.unknown()))
    sketch.network.attachments[out.offset].translations = [Translation(.keep(Sketch.prefix("198.51.7.0/28")))]
    sketch.network.seal()
    #expect(sketch.network[free].within == open.subtracting(Self.set("198.51.7.0/28")))
    // Of one that is known to lie in a pool the pool says where.
    #expect(sketch.network[pool].within == Self.set("198.51.7.0/24"))
  }
}
