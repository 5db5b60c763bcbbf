import NetworkModel
import PacketSpace

// The small values of a network.

extension Form where Value == IPAddress {
  static var address: Form { .text(\.description, { IPAddress($0) }) }
}

extension Form where Value == IPPrefix {
  static var prefix: Form { .text(\.description, { IPPrefix($0) }) }
}

extension Form where Value == AddressRange {
  /// A prefix, or the first and the last address.
  static var range: Form {
    .text(
      { range in
        let prefixes = AddressSet(ranges: [range]).prefixes
        return prefixes.count == 1 ? prefixes[0].description : "\(range.lower)-\(range.upper)"
      },
      { text in
        let ends = text.split(separator: "-").compactMap { IPAddress($0) }
        if ends.count == 2 { return AddressRange(ends[0], ends[1]) }
        return IPPrefix(text).map { AddressRange($0) }
      })
  }
}

extension Form where Value == AddressSet {
  static var addresses: Form {
    let ranges = Form<[AddressRange]>.list(.range)
    return Form(write: { ranges.write($0.ranges) }, read: { AddressSet(ranges: try ranges.read($0)) })
  }
}

extension Form where Value == TrafficSet {
  static var traffic: Form { .text(\.description, { TrafficSet($0) }) }
}

extension Form where Value == PortRange {
  static var ports: Form {
    .text(\.description) { text in
      let ends = text.split(separator: "-").compactMap { UInt16($0) }
      guard let first = ends.first, let last = ends.last else { return nil }
      return PortRange(lower: first, upper: last)
    }
  }
}

extension Form where Value == UInt16 {
  static var port: Form {
    let number = Form<Int>.number
    return Form(
      write: { number.write(Int($0)) },
      read: { saved in
        guard let port = UInt16(exactly: try number.read(saved)) else { throw SavedError("no port: \(saved)") }
        return port
      })
  }
}

extension Form where Value == IPProtocol {
  static var transport: Form {
    .text(\.description, { IPProtocol(name: $0.hasPrefix("ip/") ? String($0.dropFirst(3)) : $0) })
  }
}

extension Form where Value == TrafficPoint {
  static var point: Form {
    .text(\.description, { TrafficSet($0)?.sample })
  }
}

extension Form where Value == HeldAddress {
  static var held: Form {
    let prefix = Form<IPPrefix>.prefix
    let unknown = Form<UnknownAddressID>.reference("unknownAddress")
    return Form(
      write: { held in
        switch held {
        case .prefix(let value): prefix.write(value)
        case .unknown(let id): unknown.write(id)
        }
      },
      read: { saved in
        if case .reference = saved { return .unknown(try unknown.read(saved)) }
        return .prefix(try prefix.read(saved))
      })
  }
}

extension Form where Value == Truth {
  static var truth: Form {
    let unknown = Form<UnknownID>.reference("unknown")
    return Form(
      write: { truth in
        switch truth {
        case .yes: .flag(true)
        case .no: .flag(false)
        case .unknown(let id): unknown.write(id)
        }
      },
      read: { saved in
        if case .flag(let flag) = saved { return Truth(flag) }
        return .unknown(try unknown.read(saved))
      })
  }
}

extension Form where Value == Identity {
  static var identity: Form { .text(\.key, { Identity(key: $0) }) }
}

extension Form where Value == Encryption {
  static var encryption: Form {
    let unknown = Form<UnknownID>.reference("unknown")
    return .oneOf(
      { value in
        switch value {
        case .required(let minimum): .one("required", .text(minimum?.description ?? "any"))
        case .mixed: .text("mixed")
        case .plaintext: .text("plaintext")
        case .redirectOnly: .text("redirectOnly")
        case .passthrough: .text("passthrough")
        case .unknown(let id): .one("unknown", unknown.write(id))
        case .unstated: .text("unstated")
        }
      },
      { name, part in
        switch (name, part) {
        case ("required", .text(let minimum)?): .required(minimum: TLSVersion(minimum))
        case ("mixed", nil): .mixed
        case ("plaintext", nil): .plaintext
        case ("redirectOnly", nil): .redirectOnly
        case ("passthrough", nil): .passthrough
        case ("unknown", let id?): .unknown(try unknown.read(id))
        case ("unstated", nil): .unstated
        default: nil
        }
      })
  }
}

extension Form where Value == [String: String] {
  /// Tags and labels, in the order of their names.
  static var words: Form {
    Form(
      write: { words in
        .record(words.sorted { $0.key < $1.key }.map { SavedValue.Field($0.key, .text($0.value)) })
      },
      read: { saved in
        guard case .record(let fields) = saved else { throw SavedError("expected a record, not \(saved)") }
        return try Dictionary(fields.map { ($0.name, try Form<String>.plain.read($0.value)) }) { first, _ in first }
      })
  }
}
