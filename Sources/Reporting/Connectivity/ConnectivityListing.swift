package import PacketSpace

/// Every answered connection, folded by workload, by the names that people use: what the formats of `connectivity` are written from.
///
/// Rows are read off one source at a time, and each format is a sequence of pieces: a million rows take no more memory than a thousand.
package struct ConnectivityListing {
  /// An end of a connection.
  package enum Peer: Hashable, Sendable {
    /// A workload, service or machine: `shop/cart[Deployment]`, `orders-db`.
    case named(String)
    /// A part of what lies outside; no name where it is addresses only.
    case outside(AddressSet, name: String?)
  }

  /// What is answered between two ends.
  package struct Answer: Sendable {
    /// What is answered whatever the unknowns are.
    package var must: TrafficSet
    /// What is answered for some value of the unknowns.
    package var may: TrafficSet

    package init(must: TrafficSet, may: TrafficSet) {
      self.must = must
      self.may = may
    }
  }

  /// What a source gets answered by a destination; both are positions, in `ends` and in `answers`.
  package struct Entry: Sendable {
    package var destination: Int
    package var answer: Int

    package init(destination: Int, answer: Int) {
      self.destination = destination
      self.answer = answer
    }
  }

  let ends: [Peer]
  let answers: [Answer]
  let entries: (_ source: Int) -> [Entry]
  /// How many rows there are, and how many of them hold more than what is sure.
  package let (rows, undecidedRows): (Int, Int)

  /// A listing of ends and what each gets answered, with how many rows there are of each answer.
  package init(
    ends: [Peer], answers: [Answer], rowsOfAnswers: [Int], entries: @escaping (_ source: Int) -> [Entry]
  ) {
    self.ends = ends
    self.answers = answers
    self.entries = entries
    rows = rowsOfAnswers.reduce(0, +)
    undecidedRows = zip(answers, rowsOfAnswers).reduce(0) { $1.0.may == $1.0.must ? $0 : $0 + $1.1 }
  }
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
