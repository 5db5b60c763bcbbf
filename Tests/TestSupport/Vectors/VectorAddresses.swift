import PacketSpace

/// Addresses as the vector files write them.
enum VectorAddresses {
  static func address(_ text: String) throws -> IPAddress {
    guard let address = IPAddress(text) else { throw VectorError("no address: \(text)") }
    return address
  }

  static func prefix(_ text: String) throws -> IPPrefix {
    guard let prefix = IPPrefix(text) else { throw VectorError("no prefix: \(text)") }
    return prefix
  }

  /// Single addresses, inclusive ranges `first-last` and prefixes.
  static func set(_ texts: [String]) throws -> AddressSet {
    var result = AddressSet.none
    for text in texts {
      let ends = text.split(separator: "-").map(String.init)
      if ends.count == 2 {
        result.formUnion(AddressSet(ranges: [AddressRange(try address(ends[0]), try address(ends[1]))]))
      } else {
        result.formUnion(AddressSet(try prefix(text)))
      }
    }
    return result
  }
}
