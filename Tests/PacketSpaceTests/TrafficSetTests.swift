import PacketSpace
import Testing

@Suite struct TrafficSetTests {
  @Test func `traffic obeys the laws of sets`() {
    var random = RandomSets(seed: 50)
    for _ in 0..<400 { expectLaws(random.trafficSet(), random.trafficSet(), random.trafficSet()) }
  }

  @Test func `membership follows the operations`() {
    var random = RandomSets(seed: 51)
    for _ in 0..<80 {
      let (a, b) = (random.trafficSet(), random.trafficSet())
      let (union, intersection, difference, complement) = (
        a.union(b), a.intersection(b), a.subtracting(b), a.complement
      )
      for point in RandomSets.points {
        let (inA, inB) = (a.contains(point), b.contains(point))
        check(union.contains(point) == (inA || inB), "\(a) ∪ \(b) at \(point)")
        check(intersection.contains(point) == (inA && inB), "\(a) ∩ \(b) at \(point)")
        check(difference.contains(point) == (inA && !inB), "\(a) − \(b) at \(point)")
        check(complement.contains(point) == !inA, "not \(a) at \(point)")
        check(a.contains(TrafficSet(point)) == inA, "\(a) ⊇ \(point)")
      }
    }
  }

  /// All 512 sets on a grid of three destination ports and three source ports, the lowest and highest among them.
  private static let small: [TrafficSet] = {
    let ports: [UInt16] = [0, 1, 65535]
    return (0..<512).map { bits in
      (0..<9).filter { bits >> $0 & 1 == 1 }.reduce(into: TrafficSet.none) {
        $0.formUnion(TrafficSet(.ports(.tcp, from: ports[$1 % 3], to: ports[$1 / 3])))
      }
    }
  }()

  @Test func `small sets are combined as bits are, however they were made`() {
    let sets = Self.small
    #expect(Set(sets).count == 512)
    for (left, a) in sets.enumerated() {
      for right in stride(from: left % 19, to: 512, by: 19) {
        let b = sets[right]
        check(a.union(b) == sets[left | right], "\(a) ∪ \(b)")
        check(a.intersection(b) == sets[left & right], "\(a) ∩ \(b)")
        check(a.subtracting(b) == sets[left & ~right], "\(a) − \(b)")
        check(a.contains(b) == (right & ~left == 0), "\(a) ⊇ \(b)")
      }
      let swapped = (0..<9).filter { left >> $0 & 1 == 1 }.reduce(0) { $0 | 1 << ($1 % 3 * 3 + $1 / 3) }
      check(a.answers == sets[swapped] && a.requests == sets[swapped], "answers to \(a)")
      check(TrafficSet(a.description) == a, "\(a)")
    }
  }

  @Test func `rectangles united in any order are one value`() {
    var random = RandomSets(seed: 52)
    for _ in 0..<300 {
      let pieces = (0..<5).map { _ in TrafficSet(.tcp, destination: random.portSet(), source: random.portSet()) }
      let one = pieces.reduce(TrafficSet.none) { $0.union($1) }
      let other = random.shuffled(pieces).reduce(TrafficSet.none) { $0.union($1) }
      check(one == other && one.description == other.description, "\(one), \(other)")
    }
  }

  @Test func `the boxes are disjoint and make up the set`() {
    var random = RandomSets(seed: 53)
    for _ in 0..<500 {
      let set = random.trafficSet()
      var seen = TrafficSet.none
      for box in set.boxes.map({ TrafficSet($0) }) {
        check(!box.isEmpty && !box.overlaps(seen), "\(box) in \(set)")
        seen.formUnion(box)
      }
      check(seen == set, "\(set)")
    }
    let written = TrafficSet("tcp/80,443,icmp/3/4,ip/47")
    #expect(
      written?.boxes == [
        .ports(.tcp, source: .all, destination: PortSet([PortRange(80), PortRange(443)])),
        .icmp(.icmp, types: PortSet(PortRange(3)), codes: PortSet(PortRange(4))), .whole(IPProtocol(rawValue: 47)),
      ])
  }

  @Test func `ports and types of a protocol that has none say nothing`() {
    let gre = IPProtocol(rawValue: 47)
    #expect(TrafficSet(gre, destination: PortSet(PortRange(80))) == TrafficSet(protocol: gre))
    #expect(TrafficSet(gre, destination: .none).isEmpty)
    #expect(TrafficSet(.tcp, destination: .none).isEmpty && TrafficSet(.tcp, source: .none).isEmpty)
    #expect(TrafficSet(icmp: gre, type: 8, code: nil) == TrafficSet(protocol: gre))
    #expect(TrafficSet(icmp: .icmp, type: nil, code: nil) == TrafficSet(protocol: .icmp))
  }

  @Test func `any is every protocol, and each of them whole`() {
    let all = (UInt8.min...UInt8.max).reduce(TrafficSet.none) {
      $0.union(TrafficSet(protocol: IPProtocol(rawValue: $1)))
    }
    #expect(all == .any && all.isAny)
    #expect(TrafficSet.any.protocols.map(\.rawValue) == Array(UInt8.min...UInt8.max))
    #expect(!TrafficSet.any.subtracting(.tcp(0)).isAny)
  }

  @Test func `projections say which ports occur`() throws {
    let set = try TrafficSet.parse("tcp/443 from 1024-65535,tcp/80 from 5,udp/53")
    #expect(set.destinationPorts(of: .tcp).description == "80,443")
    #expect(set.sourcePorts(of: .tcp).description == "5,1024-65535")
    #expect(set.destinationPorts(of: .sctp).isEmpty && set.sourcePorts(of: .icmp).isEmpty)
    #expect(set.protocols == [.tcp, .udp])
    #expect(set.forgettingSourcePorts.description == "tcp/80,443,udp/53")
    #expect(TrafficSet.udp(53, 123).description == "udp/53,123")
  }

  @Test func `a sample is in the set, and only nothing has none`() {
    var random = RandomSets(seed: 54)
    for _ in 0..<500 {
      let set = random.trafficSet()
      check((set.sample == nil) == set.isEmpty, "\(set)")
      if let sample = set.sample { check(set.contains(sample), "\(sample) of \(set)") }
    }
  }
}
