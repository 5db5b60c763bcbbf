/// An object that structural predicates speak about and that accepts no packets: a namespace, a subnet group.
package struct Subject: Sendable {
  package var identity: Identity
  package var kind: String
  package var attributes: Attributes
  package var derivation: Derivation

  package init(identity: Identity, kind: String, attributes: Attributes = Attributes(), derivation: Derivation = .none)
  {
    self.identity = identity
    self.kind = kind
    self.attributes = attributes
    self.derivation = derivation
  }
}
