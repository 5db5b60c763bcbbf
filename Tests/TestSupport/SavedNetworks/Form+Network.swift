import NetworkModel
import PacketSpace

// What a network is made of. Derivations, aliases and assumptions are not saved: no answer hangs on them.

extension Form where Value == Network {
  static var network: Form {
    .record(
      Network(),
      [
        .things("zone", \.zones, .zone), .things("segment", \.segments, .segment),
        .things("endpoint", \.endpoints, .endpoint), .things("membership", \.memberships, .membership),
        .things("filter", \.filters, .filter), .things("layer", \.layers, .layer),
        .things("router", \.routers, .router), .attachments, .things("table", \.tables, .table),
        .things("relay", \.relays, .relay), .things("machine", \.machines, .machine),
        .things("unknownAddress", \.unknownAddresses, .unknownAddress), .things("unknown", \.unknowns, .unknown),
      ])
  }
}

extension FieldForm where Value == Network {
  /// One of the network's lists, by the name that references use.
  fileprivate static func things<Part>(
    _ name: String, _ path: WritableKeyPath<Network, [Part]>, _ form: Form<Part>
  ) -> FieldForm { .list(name, path, form) }

  /// Attachments are listed at their routers too.
  fileprivate static var attachments: FieldForm {
    let list = FieldForm.list("attachment", \.attachments, Form<Attachment>.attachment)
    return FieldForm(name: list.name, write: list.write) { network, saved in
      var read = Network()
      try list.read(&read, saved)
      for attachment in read.attachments {
        guard network.routers.indices.contains(attachment.router.offset) else { throw SavedError("no such router") }
        _ = network.add(attachment)
      }
    }
  }
}

extension Form where Value == Zone {
  static var zone: Form {
    let kind = Form<Zone.Kind>.oneOf(
      { kind in
        switch kind {
        case .internet: .text("internet")
        case .declared: .text("declared")
        case .implicit(let id): .one("implicit", Form<UnknownID>.reference("unknown").write(id))
        }
      },
      { name, part in
        switch (name, part) {
        case ("internet", nil): .internet
        case ("declared", nil): .declared
        case ("implicit", let id?): .implicit(try Form<UnknownID>.reference("unknown").read(id))
        default: nil
        }
      })
    return .record(
      Zone(identity: Identity(key: ""), addresses: .none),
      [
        .always("key", \.identity, .identity), .usually(.declared, "kind", \.kind, kind),
        .usually(.none, "addresses", \.addresses, .addresses), .list("behind", \.behind, .reference("attachment")),
      ])
  }
}

extension Form where Value == Segment {
  static var segment: Form {
    .record(
      Segment(identity: Identity(key: ""), prefixes: []),
      [
        .always("key", \.identity, .identity), .list("prefixes", \.prefixes, .prefix),
        .perhaps("az", \.availabilityZone, .plain), .list("in", \.inFilters, .reference("filter")),
        .list("out", \.outFilters, .reference("filter")), .perhaps("gateway", \.gateway, .reference("attachment")),
      ])
  }
}

extension Form where Value == Membership {
  static var membership: Form {
    .record(
      Membership(identity: Identity(key: "")),
      [
        .always("key", \.identity, .identity), .usually(.no, "outside", \.outside, .truth),
        .usually(.everything, "outsideWithin", \.outsideWithin, .addresses),
      ])
  }
}

extension Form where Value == Machine {
  static var machine: Form { .text(\.key, { Machine(key: $0) }) }
}

extension Form where Value == UnknownAddress {
  static var unknownAddress: Form {
    .record(
      UnknownAddress(within: .none, unknown: UnknownID(0)),
      [.always("within", \.within, .addresses), .always("unknown", \.unknown, .reference("unknown"))])
  }
}

extension Form where Value == Unknown {
  static var unknown: Form { .text(\.reason, { Unknown($0) }) }
}

// MARK: - Filters and layers

extension Form where Value == Filter {
  static var filter: Form {
    let end = Form<Filter.End>.text({ $0 == .deny ? "deny" : "miss" }, { ["deny": .deny, "miss": .miss][$0] })
    return .record(
      Filter(identity: Identity(key: ""), kind: "filter"),
      [
        .always("key", \.identity, .identity), .usually(false, "stateful", \.isStateful, .flag),
        .usually(.yes, "present", \.present, .truth), .usually(.miss, "end", \.end, end),
        .perhaps("ingress", \.ingress, .ruleList), .perhaps("egress", \.egress, .ruleList),
      ])
  }
}

extension Form where Value == RuleList {
  fileprivate static var ruleList: Form {
    .record(RuleList(), [.list("rules", \.rules, .rule), .perhaps("open", \.open, .reference("unknown"))])
  }
}

extension Form where Value == Rule {
  fileprivate static var rule: Form {
    .record(
      Rule(.allow),
      [
        .always("action", \.action, .text(\.rawValue, { Rule.Action(rawValue: $0) })),
        .usually(.yes, "present", \.present, .truth), .perhaps("peers", \.peers, .list(.peer)),
        .usually(.any, "traffic", \.traffic.set, .traffic), .list("named", \.traffic.named, .named),
        .perhaps("near", \.near, .addresses),
      ])
  }
}

extension Form where Value == RuleTraffic.Named {
  fileprivate static var named: Form {
    .record(
      RuleTraffic.Named("", transport: nil),
      [.always("name", \.name, .plain), .perhaps("transport", \.transport, .transport)])
  }
}

extension Form where Value == Peer {
  fileprivate static var peer: Form {
    .record(
      Peer(),
      [
        .usually(.yes, "present", \.present, .truth), .perhaps("addresses", \.addresses, .addresses),
        .perhaps("membership", \.membership, .reference("membership")),
        .usually(false, "not", \.isComplement, .flag),
      ])
  }
}

extension Form where Value == Layer {
  static var layer: Form {
    .record(
      Layer(identity: Identity(key: ""), default: .allow),
      [
        .always("key", \.identity, .identity),
        .usually(.allow, "default", \.default, .text(\.rawValue, { Layer.Default(rawValue: $0) })),
        .list("ingress", \.ingress, .tier), .list("egress", \.egress, .tier),
      ])
  }
}

extension Form where Value == Tier {
  fileprivate static var tier: Form {
    .record(
      Tier(.first),
      [
        .always("mode", \.mode, .text(\.rawValue, { Tier.Mode(rawValue: $0) })),
        .usually(false, "isolates", \.isolates, .flag), .perhaps("open", \.open, .reference("unknown")),
        .list("entries", \.entries, .entry),
      ])
  }
}

extension Form where Value == Tier.Entry {
  fileprivate static var entry: Form {
    let position = Form<ClosedRange<Int>>.text(
      { "\($0.lowerBound)...\($0.upperBound)" },
      { text in
        let ends = text.split(separator: ".").compactMap { Int($0) }
        return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
      })
    return .record(
      Tier.Entry(FilterID(0)),
      [
        .always("filter", \.filter, .reference("filter")), .usually(.yes, "selects", \.selects, .truth),
        .usually(0...0, "position", \.position, position),
      ])
  }
}
