extension AddressSet {
  /// Public unicast space, documentation ranges included: where the internet's addresses lie (design section 4, "Zone").
  ///
  /// IPv4 without "this network", private, shared, loopback, link-local, multicast and reserved space (IANA IPv4 Special-Purpose
  /// Address Registry); of IPv6 what IANA gives out as global unicast, `2000::/3`.
  package static let internetSpace = AddressSet.allIPv4.subtracting(
    blocks(
      "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
      "224.0.0.0/4", "240.0.0.0/4")
  ).union(blocks("2000::/3"))

  /// Private space: RFC 1918, the shared space of RFC 6598, and unique local addresses (RFC 4193).
  package static let privateSpace = blocks(
    "10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")

  private static func blocks(_ texts: String...) -> AddressSet {
    AddressSet(
      texts.map { text in
        guard let prefix = IPPrefix(text) else { preconditionFailure("\(text) is written in this file") }
        return prefix
      })
  }
}
