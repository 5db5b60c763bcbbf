package import PacketSpace

/// A named set of addresses outside the snapshot: `internet`, on-premises, approved admin ranges.
package struct Zone: Sendable {
  package enum Kind: Hashable, Sendable {
    /// All public address space less what the snapshot or another public zone holds. There is one.
    case internet
    /// Declared in the project file.
    case declared
    /// The far side of an attachment that is not in the snapshot: it *may* hold any address not known elsewhere, and *must* hold none.
    case implicit(UnknownID)
  }

  package var identity: Identity
  package var kind: Kind
  package var addresses: AddressSet
  /// The attachments behind which it lies; empty: it comes in and is reached as the internet is.
  package var behind: [AttachmentID]
  package var derivation: Derivation

  package init(
    identity: Identity, kind: Kind = .declared, addresses: AddressSet, behind: [AttachmentID] = [],
    derivation: Derivation = .none
  ) {
    self.identity = identity
    self.kind = kind
    self.addresses = addresses
    self.behind = behind
    self.derivation = derivation
  }

  package var isInternet: Bool { kind == .internet }
}
