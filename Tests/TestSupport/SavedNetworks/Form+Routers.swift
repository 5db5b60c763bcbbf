import NetworkModel
import PacketSpace

extension Form where Value == Router {
  static var router: Form {
    .record(
      Router(identity: Identity(key: ""), kind: "router"),
      [
        .always("key", \.identity, .identity), .usually(false, "symmetric", \.isSymmetric, .flag),
        .perhaps("notUnderstood", \.notUnderstood, .reference("unknown")),
      ])
  }
}

extension Form where Value == Attachment {
  static var attachment: Form {
    .record(
      Attachment(identity: Identity(key: ""), router: RouterID(0), farSide: .zones([])),
      [
        .always("key", \.identity, .identity), .always("router", \.router, .reference("router")),
        .always("farSide", \.farSide, .farSide), .usually(.yes, "usable", \.usable, .truth),
        .perhaps("table", \.table, .reference("table")), .list("in", \.inFilters, .reference("filter")),
        .list("out", \.outFilters, .reference("filter")),
        .perhaps("translations", \.translations, .list(.translation)),
        .usually(true, "keepsIngress", \.keepsIngress, .flag), .usually(true, "keepsEgress", \.keepsEgress, .flag),
        .usually(false, "sameZoneOnly", \.isSameZoneOnly, .flag), .usually(false, "hashed", \.isHashed, .flag),
        .usually(false, "meetsOwnBoundary", \.meetsOwnBoundary, .flag),
      ])
  }
}

extension Form where Value == Attachment.FarSide {
  fileprivate static var farSide: Form {
    let ports = Form<[Attachment.Port]>.list(
      .record(
        Attachment.Port(segment: SegmentID(0)),
        [
          .always("segment", \.segment, .reference("segment")), .list("addresses", \.addresses, .held),
          .perhaps("endpoint", \.endpoint, .reference("endpoint")),
        ]))
    let zones = Form<[ZoneID]>.list(.reference("zone"))
    let attachment = Form<AttachmentID>.reference("attachment")
    return .oneOf(
      { side in
        switch side {
        case .ports(let list): .one("ports", ports.write(list))
        case .zones(let list): .one("zones", zones.write(list))
        case .attachment(let id): .one("attachment", attachment.write(id))
        }
      },
      { name, part in
        guard let part else { return nil }
        switch name {
        case "ports": return .ports(try ports.read(part))
        case "zones": return .zones(try zones.read(part))
        case "attachment": return .attachment(try attachment.read(part))
        default: return nil
        }
      })
  }
}

extension Form where Value == Translation {
  fileprivate static var translation: Form {
    .record(
      Translation(.keep(.anyIPv4)),
      [.always("kind", \.kind, .translationKind), .usually(.yes, "present", \.present, .truth)])
  }
}

extension Form where Value == Translation.Kind {
  fileprivate static var translationKind: Form {
    let held = Form<HeldAddress>.held
    let prefix = Form<IPPrefix>.prefix
    return .oneOf(
      { kind in
        switch kind {
        case .oneToOne(let inside, let outside):
          .one("oneToOne", .record([.init("inside", held.write(inside)), .init("outside", held.write(outside))]))
        case .keep(let kept): .one("keep", prefix.write(kept))
        case .hide(let hidden, let behind):
          .one("hide", .record([.init("prefix", prefix.write(hidden)), .init("behind", held.write(behind))]))
        }
      },
      { name, part in
        switch name {
        case "oneToOne":
          guard let inside = part?["inside"], let outside = part?["outside"] else { return nil }
          return .oneToOne(inside: try held.read(inside), outside: try held.read(outside))
        case "keep": return try part.map { .keep(try prefix.read($0)) }
        case "hide":
          guard let hidden = part?["prefix"], let behind = part?["behind"] else { return nil }
          return .hide(try prefix.read(hidden), behind: try held.read(behind))
        default: return nil
        }
      })
  }
}

extension Form where Value == RouteTable {
  static var table: Form {
    .record(
      RouteTable(identity: Identity(key: "")),
      [
        .always("key", \.identity, .identity), .list("routes", \.routes, .route),
        .perhaps("open", \.open, .reference("unknown")),
      ])
  }
}

extension Form where Value == RouteTable.Route {
  fileprivate static var route: Form {
    .record(
      RouteTable.Route(.anyIPv4, next: .drop),
      [
        .always("prefix", \.prefix, .prefix), .usually(0, "precedence", \.precedence, .number),
        .always("next", \.next, .nextHop), .usually(.yes, "present", \.present, .truth),
      ])
  }
}

extension Form where Value == RouteTable.NextHop {
  fileprivate static var nextHop: Form {
    let attachment = Form<AttachmentID>.reference("attachment")
    let unknown = Form<UnknownID>.reference("unknown")
    return .oneOf(
      { next in
        switch next {
        case .drop: .text("drop")
        case .local: .text("local")
        case .link(let id): .one("link", attachment.write(id))
        case .port(let id): .one("port", attachment.write(id))
        case .unknown(let id): .one("unknown", unknown.write(id))
        }
      },
      { name, part in
        switch (name, part) {
        case ("drop", nil): .drop
        case ("local", nil): .local
        case ("link", let id?): .link(try attachment.read(id))
        case ("port", let id?): .port(try attachment.read(id))
        case ("unknown", let id?): .unknown(try unknown.read(id))
        default: nil
        }
      })
  }
}

// MARK: - Relays

extension Form where Value == Relay {
  static var relay: Form {
    let place = Form<Relay.Place>.text(
      { $0 == .source ? "source" : "interface" }, { ["source": .source, "interface": .interface][$0] })
    return .record(
      Relay(identity: Identity(key: ""), kind: "relay"),
      [
        .always("key", \.identity, .identity), .usually("relay", "kind", \.kind, .plain),
        .list("interfaces", \.interfaces, .reference("endpoint")), .list("listeners", \.listeners, .listener),
        .usually(false, "sameZoneOnly", \.reachesSameZoneOnly, .flag),
        .usually(false, "meetsOwnBoundary", \.meetsOwnBoundary, .flag),
        .usually(false, "answersByState", \.answersByState, .flag), .usually(.interface, "place", \.place, place),
        .usually(Attributes(), "attributes", \.attributes, .attributes),
      ])
  }
}

extension Form where Value == Relay.Listener {
  fileprivate static var listener: Form {
    .record(
      Relay.Listener(transport: .tcp, ports: .all),
      [
        .usually(.tcp, "transport", \.transport, .transport), .always("ports", \.ports, .ports),
        .usually(.yes, "present", \.present, .truth), .list("targets", \.targets, .target),
        .perhaps("targetsOpen", \.targetsOpen, .reference("unknown")),
        .usually(.unstated, "encryption", \.encryption, .encryption),
      ])
  }
}

extension Form where Value == Relay.Target {
  fileprivate static var target: Form {
    .record(
      Relay.Target(.endpoint(EndpointID(0))),
      [
        .always("to", \.destination, .destination), .perhaps("address", \.address, .held),
        .perhaps("port", \.port, .port), .usually(.no, "keepsClient", \.keepsClient, .truth),
        .usually(.yes, "present", \.present, .truth), .usually(.unstated, "encryption", \.encryption, .encryption),
      ])
  }
}

extension Form where Value == Relay.Target.Destination {
  fileprivate static var destination: Form {
    let endpoint = Form<EndpointID>.reference("endpoint")
    let relay = Form<RelayID>.reference("relay")
    return Form(
      write: { destination in
        switch destination {
        case .endpoint(let id): endpoint.write(id)
        case .relay(let id): relay.write(id)
        }
      },
      read: { saved in
        if case .reference("relay", _) = saved { return .relay(try relay.read(saved)) }
        return .endpoint(try endpoint.read(saved))
      })
  }
}
