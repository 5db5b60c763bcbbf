package import PacketSpace

/// An address that something holds: all addresses of a prefix (a single one as /32 or /128), or one that is not known.
package enum HeldAddress: Hashable, Sendable {
  /// Every address of the prefix is held: an interface's own address, a delegated prefix.
  case prefix(IPPrefix)
  /// One address is held, and only the set in which it lies is known.
  case unknown(UnknownAddressID)

  package init(_ address: IPAddress) { self = .prefix(IPPrefix(host: address)) }
}
