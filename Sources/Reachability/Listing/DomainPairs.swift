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
  /// Where the second host of each member stands, if there is one.
  private var twins: [Int?] = []
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
    for member in members {
      let hasTwin = hosts.members[member].count > 1
      twins.append(hasTwin ? ends.count : nil)
      if hasTwin { ends += hosts.ends(of: member, second: true) }
    }
    table = PairTable(engine, ends)
  }

  /// The numbers of what a member gets answered by each kind that answers.
  mutating func row(
    from position: Int, numbered number: (Bounds<TrafficSet>) -> Int?, _ body: (_ kind: Int, _ answer: Int) -> Void
  ) {
    let members = members
    row(fromEnd: position, to: members.indices, number) { body(members[$0], $1) }
    rowToStrangers(from: position..<(position + 1), but: nil, number, body)
  }

  /// The numbers of what a stranger gets answered by each member that answers.
  mutating func row(
    fromStranger stranger: Int, numbered number: (Bounds<TrafficSet>) -> Int?,
    _ body: (_ kind: Int, _ answer: Int) -> Void
  ) {
    let (group, members) = (groups[stranger], members)
    guard group.count != 1 else {
      row(fromEnd: group.lowerBound, to: members.indices, number) { body(members[$0], $1) }
      return
    }
    for (position, kind) in members.enumerated() {
      if let answer = number(table.answered(group, position..<(position + 1))) { body(kind, answer) }
    }
  }

  /// The numbers of what a stranger gets answered by each other one that answers.
  mutating func rowAmongStrangers(
    from stranger: Int, numbered number: (Bounds<TrafficSet>) -> Int?, _ body: (_ kind: Int, _ answer: Int) -> Void
  ) {
    rowToStrangers(from: groups[stranger], but: stranger, number, body)
  }

  /// What one host of a member's kind gets answered by another; `nil` where there is one only.
  mutating func answered(among position: Int) -> Bounds<TrafficSet>? {
    twins[position].map { table.answered(position..<(position + 1), $0..<($0 + 1)) }
  }

  private mutating func rowToStrangers(
    from sources: Range<Int>, but own: Int?, _ number: (Bounds<TrafficSet>) -> Int?,
    _ body: (_ kind: Int, _ answer: Int) -> Void
  ) {
    if sources.count == 1, let first = groups.first, groups.allSatisfy({ $0.count == 1 }) {
      let (start, strangers) = (first.lowerBound, strangers)
      row(fromEnd: sources.lowerBound, to: start..<(start + groups.count), number) { body(strangers[$0 - start], $1) }
      return
    }
    for (place, stranger) in strangers.enumerated() where place != own {
      if let answer = number(table.answered(sources, groups[place])) { body(stranger, answer) }
    }
  }

  private mutating func row(
    fromEnd source: Int, to destinations: Range<Int>, _ number: (Bounds<TrafficSet>) -> Int?,
    _ body: (_ destination: Int, _ answer: Int) -> Void
  ) {
    var found: [(destination: Int, answer: Int32)] = []
    table.row(from: source, to: destinations) { found.append(($0, $1)) }
    if numbers.count < table.answers.count {
      numbers += [Int](repeating: -2, count: table.answers.count - numbers.count)
    }
    for (destination, answer) in found {
      if numbers[Int(answer)] == -2 { numbers[Int(answer)] = number(table.answers[Int(answer)].answered) ?? -1 }
      if numbers[Int(answer)] >= 0 { body(destination, numbers[Int(answer)]) }
    }
  }
}
