import NetworkModel
import PacketSpace

/// The pairs of the parts of a zone with kinds of hosts.
struct ZonePairs {
  private var table: PairTable
  private let parts: Int
  private var groups: [Range<Int>] = []
  /// By answer of the table, the number that it was given; `nil`: none yet.
  private var numbers: [Int?] = []
  /// By part and kind's position: what comes in from each part, found a part at a time.
  private var inward: [[Int32]] = []

  init(_ zone: ZoneID, _ parts: [AddressSet], _ hosts: HostKinds, _ engine: Engine) {
    self.parts = parts.count
    var ends = parts.map { TableEnd.zone(zone, within: $0) }
    for kind in hosts.members.indices {
      let start = ends.count
      ends += hosts.ends(of: kind)
      groups.append(start..<ends.count)
    }
    table = PairTable(engine, ends, facing: parts.count)
    for part in parts.indices {
      var row = [Int32](repeating: 0, count: ends.count - parts.count)
      table.row(from: part, to: parts.count..<ends.count) { row[$0 - parts.count] = $1 }
      inward.append(row)
    }
  }

  /// The numbers of what a kind gets answered by each part, and each part by it.
  mutating func answers(
    of kind: Int, into comes: inout [Int], _ goes: inout [Int], _ number: (Bounds<TrafficSet>) -> Int
  ) {
    let group = groups[kind]
    guard group.count == 1 else {
      for part in 0..<parts {
        comes[part] = number(table.answered(part..<(part + 1), group))
        goes[part] = number(table.answered(group, part..<(part + 1)))
      }
      return
    }
    let position = group.lowerBound
    var outward = [Int32](repeating: 0, count: parts)
    table.row(from: position, to: 0..<parts) { outward[$0] = $1 }
    for part in 0..<parts {
      comes[part] = numbered(inward[part][position - parts], number)
      goes[part] = numbered(outward[part], number)
    }
  }

  private mutating func numbered(_ answer: Int32, _ number: (Bounds<TrafficSet>) -> Int) -> Int {
    if numbers.count < table.answers.count {
      numbers += [Int?](repeating: nil, count: table.answers.count - numbers.count)
    }
    if let known = numbers[Int(answer)] { return known }
    let found = number(table.answers[Int(answer)].answered)
    numbers[Int(answer)] = found
    return found
  }
}
