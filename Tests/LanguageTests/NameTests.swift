import Language
import NetworkModel
import PacketSpace
import Testing

/// Names are looked for one by one at first and in an index later: both tell the same.
@Suite struct NameTests {
  /// Two hosts in two subnets of a router, of which one has two interfaces and a name that is another's id; groups; a zone.
  private static var network: Network {
    var network = Network()
    let router = network.add(Router(identity: Identity(key: "net", name: "main"), kind: "vpc"))
    var segments: [SegmentID] = []
    for (number, name) in ["one", "two"].enumerated() {
      let prefix = IPPrefix(IPAddress(v4: 0x0A00_0000 + UInt32(number) << 8), length: 24)
      let segment = network.add(
        Segment(identity: Identity(key: "subnet-\(name)", name: name), prefixes: [prefix]))
      let attachment = network.add(
        Attachment(
          identity: Identity(key: "to-\(name)"), router: router,
          farSide: .ports([Attachment.Port(segment: segment, addresses: [])])))
      network.segments[segment.offset].gateway = attachment
      segments.append(segment)
    }
    let group = network.add(Membership(identity: Identity(key: "sg-a", name: "group")))
    func add(_ key: String, host: String?, _ aliases: [Identity.Alias], _ places: [Placement]) {
      _ = network.add(
        Endpoint(
          identity: Identity(key: key, name: "host", aliases: aliases), kind: "interface", host: host,
          placements: places))
    }
    add(
      "eni-1", host: "i-1", [Identity.Alias(.id, "eni-1"), Identity.Alias(.objectName, "named")],
      [Placement(segment: segments[0], memberships: [group: .yes])])
    add("eni-2", host: "i-1", [Identity.Alias(.arn, "arn:2")], [Placement(segment: segments[1])])
    add(
      "eni-3", host: nil, [Identity.Alias(.name, "eni-1"), Identity.Alias(.name, "named")],
      [
        Placement(segment: segments[0], memberships: [group: .yes]),
        Placement(segment: segments[1]),
      ])
    _ = network.add(Zone(identity: Identity(key: "internet"), kind: .internet, addresses: .internetSpace))
    network.seal()
    return network
  }

  private func says(_ selecting: Selecting, _ text: String) -> String {
    var selecting = selecting
    do throws(StatementError) {
      let value = try selecting.value(try Parser.selector(text))
      let endpoints = value.endpoints.map { $0.must ? "yes" : $0.may ? "may" : "no" }
      return "\(endpoints) \(value.zones.map { !$0.isEmpty }) \(value.segments.map(\.offset)) \(selecting.notes)"
    } catch {
      return "\(error)"
    }
  }

  private static let words = [
    "i-1", "eni-1", "eni-2", "eni-3", "arn:2", "named", "host", "one", "subnet-two", "net", "main", "sg-a", "group",
    "internet",
    "nobody", "name:*", "name:eni-?", "e*", "vpc:net", "subnet:one", "sg:group",
  ]

  @Test func `a name means the same however often names are asked for`() {
    for word in Self.words {
      let selecting = Selecting(Self.network, tiers: TierDefinitions(), parameters: [:])
      let first = says(selecting, word)
      for _ in 0..<20 { _ = says(selecting, "group") }
      #expect(says(selecting, word) == first, "\(word)")
    }
  }

  @Test func `an id is more exact than a name, and interfaces of one host are one thing`() {
    let selecting = Selecting(Self.network, tiers: TierDefinitions(), parameters: [:])
    #expect(says(selecting, "eni-1").hasPrefix(#"["yes", "yes", "no"]"#))
    #expect(says(selecting, "named").hasPrefix(#"["yes", "yes", "no"]"#))
    #expect(says(selecting, "host").hasPrefix(#"["yes", "yes", "yes"]"#))
    #expect(says(selecting, "one").hasPrefix(#"["yes", "no", "may"] [false] [0]"#))
    #expect(says(selecting, "main").hasPrefix(#"["yes", "yes", "yes"] [false] [0, 1]"#))
    #expect(says(selecting, "group").hasPrefix(#"["yes", "no", "may"]"#))
    #expect(says(selecting, "internet").hasPrefix(#"["no", "no", "no"] [true]"#))
  }
}
