import PacketSpace

/// What connects groups of ends, any of one with any of the other.
struct PairsOfGroups {
  private var table: PairTable
  /// The positions of each group's ends in the table.
  private var groups: [Range<Int>] = []

  init(_ engine: Engine, _ groups: [[TableEnd]]) {
    table = PairTable(engine, groups.flatMap { $0 })
    var start = 0
    for group in groups {
      self.groups.append(start..<(start + group.count))
      start += group.count
    }
  }

  /// What some end of one group gets answered by some end of another.
  mutating func answered(_ source: Int, _ destination: Int) -> Bounds<TrafficSet> {
    table.answered(groups[source], groups[destination])
  }
}

extension PairTable {
  /// What some of the sources get answered by some of the destinations.
  mutating func answered(_ sources: Range<Int>, _ destinations: Range<Int>) -> Bounds<TrafficSet> {
    var result = Bounds<TrafficSet>.nothing
    for from in sources {
      for to in destinations {
        let number = answer(from, to)
        if number == 0 { continue }
        let answered = answers[Int(number)].answered
        result = result.may.isEmpty ? answered : result.union(answered)
      }
    }
    return result
  }
}
