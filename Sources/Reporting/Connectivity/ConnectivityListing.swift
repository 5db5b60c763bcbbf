package import PacketSpace

/// Every answered connection, folded by workload, by the names that people use: what the formats of `connectivity` are written from.
package struct ConnectivityListing: Sendable {
  /// An end of a connection.
  package enum Peer: Hashable, Sendable {
    /// A workload, service or machine: `shop/cart[Deployment]`, `orders-db`.
    case named(String)
    /// A part of what lies outside; no name where it is addresses only.
    case outside(AddressSet, name: String?)
  }

  /// What one end gets answered by the other.
  package struct Row: Sendable {
    package var source: Peer
    package var destination: Peer
    /// What is answered whatever the unknowns are.
    package var must: TrafficSet
    /// What is answered for some value of the unknowns.
    package var may: TrafficSet

    package init(source: Peer, destination: Peer, must: TrafficSet, may: TrafficSet) {
      self.source = source
      self.destination = destination
      self.must = must
      self.may = may
    }
  }

  package var rows: [Row]

  package init(rows: [Row]) { self.rows = rows }

  /// How many rows hold more than what is sure.
  package var undecidedRows: Int { rows.count { $0.may != $0.must } }
}

extension ConnectivityListing.Peer {
  /// The texts by which tables list it: a range each for addresses, one name for everything else.
  var labels: [String] {
    switch self {
    case .named(let name), .outside(_, name: .some(let name)): [name]
    case .outside(let set, name: nil): set.ranges.map { "\($0.lower)-\($0.upper)[External]" }
    }
  }
}
