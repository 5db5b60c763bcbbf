package import NetworkModel
import PacketSpace

/// A network with what is asked about it, as it is saved and shrunk.
package struct SavedCase: Sendable {
  package var network: Network
  /// Packets that are walked.
  package var questions: [PosedQuestion]
  /// Lines of the language that are judged.
  package var statements: [String]

  package init(_ network: Network, questions: [PosedQuestion] = [], statements: [String] = []) {
    self.network = network
    self.questions = questions
    self.statements = statements
  }

  /// The case as a tree.
  package var saved: SavedValue { Form<SavedCase>.savedCase.write(self) }

  /// Throws where the tree is no network, or something in it refers to nothing.
  package init(_ saved: SavedValue) throws {
    try saved.checkReferences()
    self = try Form<SavedCase>.savedCase.read(saved)
    try checkPlacements()
  }

  private func checkPlacements() throws {
    for endpoint in network.endpoints where endpoint.placements.isEmpty {
      throw SavedError("\(endpoint.identity.key) stands nowhere")
    }
    for front in network.endpoints.flatMap(\.placements).compactMap(\.front)
    where !network[front.endpoint].placements.indices.contains(front.placement) {
      throw SavedError("a front has no such placement")
    }
    for question in questions {
      if case .endpoint(let id, let placement) = question.origin,
        !network[id].placements.indices.contains(placement)
      {
        throw SavedError("the origin has no such placement")
      }
      if case .endpoint(let id) = question.asked, let placement = question.askedPlacement,
        !network[id].placements.indices.contains(placement)
      {
        throw SavedError("who is asked about has no such placement")
      }
    }
  }
}

extension SavedValue {
  /// Whether every reference is to something that is there.
  fileprivate func checkReferences() throws {
    func check(_ value: SavedValue) throws {
      switch value {
      case .reference(let kind, let number):
        guard case .list(let things)? = self["network"]?[kind], things.indices.contains(number) else {
          throw SavedError("there is no \(kind)#\(number)")
        }
      case .list(let elements): try elements.forEach(check)
      case .record(let fields): try fields.forEach { try check($0.value) }
      default: break
      }
    }
    try check(self)
  }
}

extension Form where Value == SavedCase {
  fileprivate static var savedCase: Form {
    .record(
      SavedCase(Network()),
      [
        .always("network", \.network, .network), .list("questions", \.questions, .question),
        .list("statements", \.statements, .plain),
      ])
  }
}

extension Form where Value == PosedQuestion {
  fileprivate static var question: Form {
    let blank = PosedQuestion(
      origin: .host(SegmentID(0)),
      packet: Packet(
        source: PacketAddress(IPAddress(v4: 0)), destination: PacketAddress(IPAddress(v4: 0)),
        traffic: .other(IPProtocol(rawValue: 47))), asked: .anybody)
    return .record(
      blank,
      [
        .always("from", \.origin, .origin), .always("source", \.packet.source, .packetAddress),
        .always("destination", \.packet.destination, .packetAddress), .always("traffic", \.packet.traffic, .point),
        .usually(.anybody, "asked", \.asked, .asked), .perhaps("target", \.target, .reference("endpoint")),
        .perhaps("askedPlacement", \.askedPlacement, .number),
      ])
  }
}

extension Form where Value == PacketAddress {
  fileprivate static var packetAddress: Form {
    .record(
      PacketAddress(IPAddress(v4: 0)),
      [
        .always("number", \.number, .address), .perhaps("unknown", \.unknown, .reference("unknownAddress")),
      ])
  }
}

extension Form where Value == Origin {
  fileprivate static var origin: Form {
    let endpoint = Form<EndpointID>.reference("endpoint")
    let segment = Form<SegmentID>.reference("segment")
    let zone = Form<ZoneID>.reference("zone")
    let attachment = Form<AttachmentID>.reference("attachment")
    return .oneOf(
      { origin in
        switch origin {
        case .endpoint(let id, let placement):
          .one("endpoint", .list([endpoint.write(id), .number(placement)]))
        case .host(let id): .one("host", segment.write(id))
        case .zone(let id, by: nil): .one("zone", .list([zone.write(id)]))
        case .zone(let id, by: let by?): .one("zone", .list([zone.write(id), attachment.write(by)]))
        }
      },
      { name, part in
        switch (name, part) {
        case ("endpoint", .list(let parts)?) where parts.count == 2:
          .endpoint(try endpoint.read(parts[0]), placement: try Form<Int>.number.read(parts[1]))
        case ("host", let id?): .host(try segment.read(id))
        case ("zone", .list(let parts)?) where parts.count == 1: .zone(try zone.read(parts[0]), by: nil)
        case ("zone", .list(let parts)?) where parts.count == 2:
          .zone(try zone.read(parts[0]), by: try attachment.read(parts[1]))
        default: nil
        }
      })
  }
}

extension Form where Value == Asked {
  fileprivate static var asked: Form {
    let endpoint = Form<EndpointID>.reference("endpoint")
    let zone = Form<ZoneID>.reference("zone")
    return .oneOf(
      { asked in
        switch asked {
        case .endpoint(let id): .one("endpoint", endpoint.write(id))
        case .zone(let id): .one("zone", zone.write(id))
        case .anybody: .text("anybody")
        }
      },
      { name, part in
        switch (name, part) {
        case ("endpoint", let id?): .endpoint(try endpoint.read(id))
        case ("zone", let id?): .zone(try zone.read(id))
        case ("anybody", nil): .anybody
        default: nil
        }
      })
  }
}
