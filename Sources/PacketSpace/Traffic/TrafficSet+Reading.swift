extension TrafficSet {
  /// Reads a traffic text; `nil` if it is none.
  package init?(_ text: String) {
    guard let set = try? TrafficSet.parse(text) else { return nil }
    self = set
  }

  /// Reads `tcp/443`, `tcp/80,443,udp/53` (a number goes on with its protocol), `icmp/8`, `icmp/3/4`, `ip/107`, and
  /// `tcp/443 from 1024-65535` where source ports matter; `any` and `none` stand alone (design section 6, "Traffic").
  ///
  /// Ranges are `1000-2000`, ends included, for ports and for ICMP types and codes.
  package static func parse(_ text: String) throws(TrafficSyntaxError) -> TrafficSet {
    let items = text.split(separator: ",", omittingEmptySubsequences: false).map(TrafficItem.init)
    // Far more than anyone writes; the work grows with the square where each item has source ports of its own.
    guard items.count <= 4096 else {
      throw TrafficSyntaxError(item: "\(text.prefix(40))…", expected: "expected at most 4096 items")
    }
    var sets: [TrafficSet] = []
    var last: IPProtocol?
    for item in items {
      if let all = item.standingAlone {
        guard items.count == 1 else { throw item.error("`\(item.text)` stands alone") }
        return all
      }
      sets.append(try item.read(goingOn: &last))
    }
    return TrafficSet(unionOf: sets[...])
  }
}

/// What stands between two commas.
private struct TrafficItem {
  var text: Substring

  init(_ text: Substring) {
    self.text = text.drop { $0 == " " }
    while self.text.last == " " { self.text.removeLast() }
  }

  func error(_ expected: String) -> TrafficSyntaxError { TrafficSyntaxError(item: String(text), expected: expected) }

  var standingAlone: TrafficSet? {
    switch text {
    case "any": .any
    case "none": TrafficSet.none
    default: nil
    }
  }

  /// The traffic of the item; `last` is the protocol that a number goes on with, and then the one that the next number does.
  func read(goingOn last: inout IPProtocol?) throws(TrafficSyntaxError) -> TrafficSet {
    if text.isEmpty { throw error("something must stand between commas") }
    let words = text.split(separator: " ")
    var source: PortSet?
    if words.count == 3, words[1] == "from" {
      guard let range = PortRange(words[2]) else { throw error(Self.portForm) }
      source = PortSet(range)
    } else if words.count != 1 {
      throw error("expected `PROTOCOL/PORTS` or `PROTOCOL/PORTS from PORTS`")
    }
    var parts = words[0].split(separator: "/", omittingEmptySubsequences: false)
    let proto: IPProtocol
    if parts.count == 1, let previous = last, parts[0].utf8.first.map({ 48...57 ~= $0 }) == true {
      proto = previous
    } else if parts[0] == "ip" {
      guard parts.count == 2, let number = UInt8(decimal: parts[1].utf8), source == nil else {
        throw error("expected `ip/NUMBER` with a protocol number of 0 to 255")
      }
      last = nil
      return TrafficSet(protocol: IPProtocol(rawValue: number))
    } else {
      guard let named = IPProtocol(name: parts[0]), named.hasPorts || named.isICMP, UInt8(parts[0]) == nil else {
        throw error("expected `tcp`, `udp`, `sctp`, `icmp`, `icmpv6` or `ip/NUMBER`")
      }
      proto = named
      parts.removeFirst()
    }
    // A number after a whole protocol would add nothing to it, and so cannot be what was meant.
    last = parts.isEmpty ? nil : proto
    return proto.hasPorts ? try ports(proto, parts, source ?? .all) : try icmp(proto, parts, source)
  }

  private func ports(
    _ proto: IPProtocol, _ parts: [Substring], _ source: PortSet
  ) throws(TrafficSyntaxError) -> TrafficSet {
    guard let text = parts.first else { return TrafficSet(proto, source: source) }
    guard parts.count == 1, let range = PortRange(text) else { throw error(Self.portForm) }
    return TrafficSet(proto, destination: PortSet(range), source: source)
  }

  private func icmp(
    _ proto: IPProtocol, _ parts: [Substring], _ source: PortSet?
  ) throws(TrafficSyntaxError) -> TrafficSet {
    guard source == nil else { throw error("ICMP has no source ports") }
    let ranges = parts.compactMap { PortRange($0, most: 255) }
    guard ranges.count == parts.count, parts.count <= 2 else {
      throw error("expected `\(proto)/TYPE` or `\(proto)/TYPE/CODE`, each 0 to 255")
    }
    return TrafficSet(
      icmp: proto, types: ranges.first.map { PortSet($0) } ?? .bytes,
      codes: ranges.count == 2 ? PortSet(ranges[1]) : .bytes)
  }

  private static let portForm = "a port is 0 to 65535, a range is LOW-HIGH"
}

extension PortRange {
  /// Reads `443` or `1000-2000`, neither above `most`.
  fileprivate init?(_ text: Substring, most: UInt16 = .max) {
    let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard let lower = UInt16(decimal: ends[0].utf8, most: most) else { return nil }
    guard ends.count == 2 else {
      self.init(lower)
      return
    }
    guard let upper = UInt16(decimal: ends[1].utf8, most: most), lower <= upper else { return nil }
    self.init(lower: lower, upper: upper)
  }
}
