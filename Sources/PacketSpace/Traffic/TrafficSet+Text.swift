/// Why a text is not traffic.
package struct TrafficSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The item that could not be read.
  package var item: String
  package var expected: String

  package var description: String { "`\(item)` is not traffic: \(expected)" }
}

extension TrafficSet {
  package init?(_ text: String) {
    guard let set = try? TrafficSet.parse(text) else { return nil }
    self = set
  }

  /// Reads `tcp/443`, `tcp/80,443,udp/53` (a number goes on with its protocol), `icmp/8`, `icmp/3/4`, `ip/107`, `any`, `none`, and
  /// `tcp/443 from 1024-65535` where source ports matter.
  package static func parse(_ text: String) throws(TrafficSyntaxError) -> TrafficSet {
    var result = TrafficSet.none
    var last: IPProtocol?
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      let words = item.split(separator: " ")
      guard let head = words.first else {
        throw TrafficSyntaxError(item: String(item), expected: "nothing stands here")
      }
      var source = PortSet.all
      if words.count == 3, words[1] == "from", let range = ports(words[2]) {
        source = PortSet(range)
      } else if words.count != 1 {
        throw TrafficSyntaxError(item: String(item), expected: "expected `PROTOCOL/PORTS from PORTS`")
      }
      if head == "any" || head == "none" {
        if head == "any" { result = .any }
        last = nil
        continue
      }
      let parts = head.split(separator: "/", omittingEmptySubsequences: false)
      if parts.count == 1, let proto = last, proto.hasPorts, let range = ports(parts[0]) {
        result.formUnion(TrafficSet(proto, destination: PortSet(range), source: source))
        continue
      }
      let (proto, set) = try one(parts, source: source)
      last = proto
      result.formUnion(set)
    }
    return result
  }

  private static func one(_ parts: [Substring], source: PortSet) throws(TrafficSyntaxError) -> (IPProtocol, TrafficSet)
  {
    let item = parts.joined(separator: "/")
    func number(_ text: Substring) -> UInt8? {
      IPAddress.decimal(Array(text.utf8)[...], most: 255).map { UInt8($0) }
    }
    if parts[0] == "ip" {
      guard parts.count == 2, let value = number(parts[1]) else {
        throw TrafficSyntaxError(item: item, expected: "expected `ip/NUMBER` with a protocol number of 0 to 255")
      }
      let proto = IPProtocol(rawValue: value)
      return (proto, TrafficSet(protocol: proto))
    }
    guard let proto = IPProtocol(name: parts[0]), Int(parts[0]) == nil else {
      throw TrafficSyntaxError(item: item, expected: "expected tcp, udp, sctp, icmp, icmpv6 or ip/NUMBER")
    }
    if proto.hasPorts {
      if parts.count == 1 { return (proto, TrafficSet(proto, source: source)) }
      guard parts.count == 2, let range = ports(parts[1]) else {
        throw TrafficSyntaxError(item: item, expected: "a port is 0 to 65535, a range is LOW-HIGH")
      }
      return (proto, TrafficSet(proto, destination: PortSet(range), source: source))
    }
    let type = parts.count > 1 ? number(parts[1]) : nil
    let code = parts.count > 2 ? number(parts[2]) : nil
    guard parts.count <= 3, parts.count < 2 || type != nil, parts.count < 3 || code != nil else {
      throw TrafficSyntaxError(item: item, expected: "an ICMP type or code is 0 to 255")
    }
    return (proto, TrafficSet(icmp: proto, type: type, code: code))
  }

  private static func ports(_ text: Substring) -> PortRange? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count <= 2, let lower = IPAddress.decimal(Array(ends[0].utf8)[...], most: 65535) else { return nil }
    guard ends.count == 2 else { return PortRange(UInt16(lower)) }
    guard let upper = IPAddress.decimal(Array(ends[1].utf8)[...], most: 65535), lower <= upper else { return nil }
    return PortRange(lower: UInt16(lower), upper: UInt16(upper))
  }
}

extension TrafficSet: CustomStringConvertible {
  /// The way people write it, so that it can be read back.
  package var description: String {
    if isEmpty { return "none" }
    if isAny { return "any" }
    var items: [String] = []
    for (index, proto) in Self.gridded.enumerated() where !grids[index].isEmpty {
      items += proto.hasPorts ? portItems(proto, grids[index]) : typeItems(proto, grids[index])
    }
    others.forEach { items.append("ip/\($0)") }
    return items.joined(separator: ",")
  }

  private func portItems(_ proto: IPProtocol, _ grid: Grid) -> [String] {
    if grid == Self.full(proto) { return [proto.description] }
    var items: [String] = []
    var continues = false
    for row in grid.rows where row.columns.isEverything {
      items.append(continues ? row.range.description : "\(proto)/\(row.range)")
      continues = true
    }
    for row in grid.rows where !row.columns.isEverything {
      for range in row.columns.ranges {
        let ports = row.range == .all ? "\(proto)" : "\(proto)/\(row.range)"
        items.append("\(ports) from \(range)")
      }
    }
    return items
  }

  private func typeItems(_ proto: IPProtocol, _ grid: Grid) -> [String] {
    if grid == Self.full(proto) { return [proto.description] }
    let all = PortSet(PortRange(lower: 0, upper: 255))
    var items: [String] = []
    for row in grid.rows {
      for type in row.range.lower...row.range.upper {
        if row.columns == all {
          items.append("\(proto)/\(type)")
        } else {
          for range in row.columns.ranges {
            for code in range.lower...range.upper { items.append("\(proto)/\(type)/\(code)") }
          }
        }
      }
    }
    return items
  }
}
