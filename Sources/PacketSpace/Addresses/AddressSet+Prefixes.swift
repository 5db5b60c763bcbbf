extension AddressSet {
  /// The fewest blocks whose union is the set, in order.
  package var prefixes: [IPPrefix] {
    var result: [IPPrefix] = []
    for range in ranges {
      var lower: IPAddress? = range.lower
      while let start = lower, start <= range.upper {
        let width = start.family.bitWidth
        let alignment = start.value == 0 ? width : min(start.value.trailingZeroBitCount, width)
        var hostBits = alignment
        while hostBits > 0 {
          let last = IPPrefix(start, length: width - hostBits).last
          if last <= range.upper { break }
          hostBits -= 1
        }
        let prefix = IPPrefix(start, length: width - hostBits)
        result.append(prefix)
        lower = prefix.last.next
      }
    }
    return result
  }

  /// Public unicast space, documentation ranges included: where the internet's addresses lie (design section 4, "Zone").
  package static let internetSpace: AddressSet = {
    let special = [
      "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
      "224.0.0.0/3",
    ].compactMap { IPPrefix($0) }
    let global = AddressSet(IPPrefix(IPAddress(family: .v6, value: UInt128(0x2000) << 112), length: 3))
    return AddressSet.allIPv4.subtracting(AddressSet(special)).union(global)
  }()

  /// Private space: RFC 1918, RFC 6598 and unique local addresses.
  package static let privateSpace = AddressSet(
    ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"].compactMap { IPPrefix($0) })
}

extension AddressSet: CustomStringConvertible {
  /// The way people write it: `any`, `none`, blocks where they are few, else ranges.
  package var description: String {
    if isEmpty { return "none" }
    if self == .everything { return "any" }
    let blocks = prefixes
    if blocks.count <= 4 || blocks.count <= ranges.count {
      return blocks.map { $0.isHost ? $0.address.description : $0.description }.joined(separator: ", ")
    }
    return ranges.map { range in
      range.lower == range.upper ? range.lower.description : "\(range.lower)-\(range.upper)"
    }.joined(separator: ", ")
  }
}
