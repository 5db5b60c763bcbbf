package import PacketSpace

/// A value that the input does not give: a parameter without value, an attribute known only after apply, an absent account.
package struct Unknown: Hashable, Sendable {
  /// What is not known, so that it reads behind "hangs on": `the parameter AdminCidr has no value`.
  package var reason: String
  package var derivation: Derivation

  package init(_ reason: String, derivation: Derivation = .none) {
    self.reason = reason
    self.derivation = derivation
  }
}

/// One address that exists but is not known: it lies somewhere in a set.
///
/// Two unknown addresses are never equal to each other or to a known one, whatever set they lie in: things of unknown address are
/// told apart by identity. Every test of an unknown address against a prefix is a case of its own.
package struct UnknownAddress: Hashable, Sendable {
  /// Where the address lies, one family only; less every address known to be another's in its segment once the network is sealed.
  package var within: AddressSet
  /// Why it is not known.
  package var unknown: UnknownID

  package init(within: AddressSet, unknown: UnknownID) {
    self.within = within
    self.unknown = unknown
  }
}

/// Something read but not modelled, or referred to but not present. What rests on it is undecided.
package struct Gap: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The kind of resource or attribute is known, and not modelled yet.
    case notModelled
    /// Something is referred to that is not in the snapshot.
    case notPresent
    /// What was read could not be understood.
    case notUnderstood
  }

  package var kind: Kind
  /// The thing, by the name that a person knows it by.
  package var subject: String
  /// What is missing and what follows from it, one sentence without a full stop.
  package var message: String
  package var derivation: Derivation

  package init(_ kind: Kind, subject: String, message: String, derivation: Derivation = .none) {
    self.kind = kind
    self.subject = subject
    self.message = message
    self.derivation = derivation
  }
}

/// A default taken because the input is silent about something that always has one (design section 4, "Assumptions").
package struct Assumption: Hashable, Sendable {
  /// A stable word for machines: `default-network-acl`, `policies-enforced`.
  package var code: String
  package var text: String

  package init(code: String, text: String) {
    self.code = code
    self.text = text
  }
}
