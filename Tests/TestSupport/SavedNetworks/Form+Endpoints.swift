import NetworkModel
import PacketSpace

extension Form where Value == Endpoint {
  static var endpoint: Form {
    let blank = Endpoint(identity: Identity(key: ""), kind: "host", placements: [])
    return .record(
      blank,
      [
        .always("key", \.identity, .identity), .usually("host", "kind", \.kind, .plain), .host,
        .usually(Attributes(), "attributes", \.attributes, .attributes), .usually(.yes, "exists", \.exists, .truth),
        .usually(false, "many", \.standsForMany, .flag), .perhaps("accepts", \.accepts, .traffic),
        .list("ports", \.namedPorts, .namedPort), .perhaps("portsOpen", \.namedPortsOpen, .reference("unknown")),
        .list("services", \.services, .service), .list("layers", \.layers, .reference("layer")),
        .list("placements", \.placements, .placement),
      ])
  }
}

extension FieldForm where Value == Endpoint {
  /// Usually an endpoint is its own host.
  fileprivate static var host: FieldForm {
    FieldForm(name: "host", write: { $0.host == $0.identity.key ? nil : .text($0.host) }) { endpoint, saved in
      endpoint.host = try saved.map(Form<String>.plain.read) ?? endpoint.identity.key
    }
  }
}

extension Form where Value == NamedPort {
  fileprivate static var namedPort: Form {
    .record(
      NamedPort(name: "", transport: .tcp, port: nil),
      [
        .always("name", \.name, .plain), .usually(.tcp, "transport", \.transport, .transport),
        .perhaps("port", \.port, .port),
      ])
  }
}

extension Form where Value == Service {
  fileprivate static var service: Form {
    .record(
      Service(traffic: .any, encryption: .unstated),
      [
        .usually(.any, "traffic", \.traffic, .traffic),
        .usually(.unstated, "encryption", \.encryption, .encryption),
      ])
  }
}

extension Form where Value == Placement {
  fileprivate static var placement: Form {
    .record(
      Placement(segment: SegmentID(0)),
      [
        .always("segment", \.segment, .reference("segment")), .list("addresses", \.addresses, .held),
        .list("layers", \.layers, .reference("layer")), .memberships,
        .perhaps("machine", \.machine, .reference("machine")), .perhaps("front", \.front, .front),
      ])
  }
}

extension FieldForm where Value == Placement {
  private struct Member {
    var membership = MembershipID(0)
    var value = Truth.yes
  }

  /// In the order of the memberships: a dictionary has none.
  fileprivate static var memberships: FieldForm {
    let form = Form<[Member]>.list(
      .record(
        Member(),
        [
          .always("membership", \.membership, .reference("membership")), .usually(.yes, "value", \.value, .truth),
        ]))
    return FieldForm(
      name: "memberships",
      write: { placement in
        let members = placement.memberships.sorted { $0.key < $1.key }.map {
          Member(membership: $0.key, value: $0.value)
        }
        return members.isEmpty ? nil : form.write(members)
      },
      read: { placement, saved in
        for member in try saved.map(form.read) ?? [] { placement.memberships[member.membership] = member.value }
      })
  }
}

extension Form where Value == Front {
  fileprivate static var front: Form {
    let family = Form<IPFamily>.text({ $0 == .v4 ? "v4" : "v6" }, { ["v4": .v4, "v6": .v6][$0] })
    return .record(
      Front(endpoint: EndpointID(0), directPrefixes: []),
      [
        .always("endpoint", \.endpoint, .reference("endpoint")), .usually(0, "placement", \.placement, .number),
        .list("direct", \.directPrefixes, .prefix), .list("families", \.families, family),
      ])
  }
}

extension Form where Value == Attributes {
  static var attributes: Form {
    .record(
      Attributes(),
      Attributes.Key.allCases.map { .values($0) } + Attributes.Key.allCases.map { .unknown($0) } + [
        .usually([:], "tags", \.tags, .words), .usually([:], "labels", \.labels, .words),
        .perhaps("tagsOpen", \.tagsOpen, .reference("unknown")),
        .perhaps("labelsOpen", \.labelsOpen, .reference("unknown")),
      ])
  }
}

extension FieldForm where Value == Attributes {
  fileprivate static func values(_ key: Attributes.Key) -> FieldForm {
    let form = Form<[String]>.list(.plain)
    return FieldForm(name: key.rawValue, write: { $0.values[key].map(form.write) }) { attributes, saved in
      attributes.values[key] = try saved.map(form.read)
    }
  }

  fileprivate static func unknown(_ key: Attributes.Key) -> FieldForm {
    let form = Form<UnknownID>.reference("unknown")
    return FieldForm(name: "\(key.rawValue)Unknown", write: { $0.unknownKeys[key].map(form.write) }) {
      attributes, saved in
      attributes.unknownKeys[key] = try saved.map(form.read)
    }
  }
}
