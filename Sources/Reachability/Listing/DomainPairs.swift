import NetworkModel
import PacketSpace

/// Kinds of hosts by the routing component that they stand in.
struct Domains {
  /// The kinds of each component, all of one plain interface.
  private(set) var members: [[Int]]
  /// Kinds of several interfaces, and those that translations, relays or fronts speak for: they may be reached from anywhere.
  private(set) var strangers: [Int] = []
  /// Where each kind stands; `nil`: a stranger.
  private(set) var places: [(domain: Int, position: Int)?] = []

  init(_ hosts: HostKinds, _ engine: Engine) {
    let basis = engine.basis
    members = [[Int]](repeating: [], count: basis.components.count)
    for kind in hosts.members.indices {
      let endpoints = hosts.members[kind][0].endpoints
      guard endpoints.count == 1, let domain = basis.domain(of: endpoints[0]) else {
        strangers.append(kind)
        places.append(nil)
        continue
      }
      places.append((domain, members[domain].count))
      members[domain].append(kind)
    }
  }
}

/// The pairs of one domain, and of its kinds with strangers.
struct DomainPairs {
  private var table: PairTable
  /// The kinds in the order of the table's ends.
  private let members: [Int]
  private let strangers: [Int]
  /// The positions of each stranger's ends.
  private var groups: [Range<Int>] = []
  /// By answer of the table, the number that it was given outside; -1: nothing is answered, -2: none yet.
  private var numbers: [Int] = []

  init(_ members: [Int], strangers: [Int], _ hosts: HostKinds, _ engine: Engine) {
    self.members = members
    self.strangers = strangers
    var ends = members.flatMap { hosts.ends(of: $0) }
    for stranger in strangers {
      let start = ends.count
      ends += hosts.ends(of: stranger)
      groups.append(start..<ends.count)
    }
    table = PairTable(engine, ends)
  }

  /// The numbers of what a member gets answered by each kind that answers.
  mutating func row(
    from position: Int, numbered number: (Bounds<TrafficSet>) -> Int?, _ body: (_ kind: Int, _ answer: Int) -> Void
  ) {
    var found: [(destination: Int, answer: Int32)] = []
    table.row(from: position, to: 0..<members.count) { found.append(($0, $1)) }
    if numbers.count < table.answers.count {
      numbers += [Int](repeating: -2, count: table.answers.count - numbers.count)
    }
    for (destination, answer) in found {
      if numbers[Int(answer)] == -2 { numbers[Int(answer)] = number(table.answers[Int(answer)].answered) ?? -1 }
      if numbers[Int(answer)] >= 0 { body(members[destination], numbers[Int(answer)]) }
    }
    for (place, stranger) in strangers.enumerated() {
      if let answer = number(answered(position..<(position + 1), groups[place])) { body(stranger, answer) }
    }
  }

  /// What a stranger gets answered by each member.
  mutating func row(fromStranger number: Int, _ body: (_ kind: Int, Bounds<TrafficSet>) -> Void) {
    for (position, kind) in members.enumerated() {
      body(kind, answered(groups[number], position..<(position + 1)))
    }
  }

  private mutating func answered(_ sources: Range<Int>, _ destinations: Range<Int>) -> Bounds<TrafficSet> {
    table.answered(sources, destinations)
  }
}
