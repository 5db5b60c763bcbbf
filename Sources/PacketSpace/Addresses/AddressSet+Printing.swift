extension AddressSet: CustomStringConvertible {
  /// The way people write it: `any`, `none`, blocks where they are few, else ranges from first to last.
  package var description: String {
    if isEmpty { return "none" }
    if self == .everything { return "any" }
    let blocks = prefixes
    if blocks.count <= 4 || blocks.count <= ranges.count {
      return blocks.map { $0.isHost ? $0.address.description : $0.description }.joined(separator: ", ")
    }
    return ranges.map(\.description).joined(separator: ", ")
  }
}

extension AddressRange: CustomStringConvertible {
  /// `10.0.0.1-10.0.0.9`, or one address.
  package var description: String {
    lower == upper ? lower.description : "\(lower.description)-\(upper.description)"
  }
}
