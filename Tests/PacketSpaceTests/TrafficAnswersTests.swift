import PacketSpace
import Testing

@Suite struct TrafficAnswersTests {
  @Test func `an answer has the ports swapped, or the type that answers`() {
    #expect(TrafficPoint.ports(.tcp, from: 50000, to: 443).answer == .ports(.tcp, from: 443, to: 50000))
    #expect(TrafficPoint.icmp(.icmp, type: 8, code: 3).answer == .icmp(.icmp, type: 0, code: 3))
    #expect(TrafficPoint.icmp(.icmp, type: 13, code: 0).answer == .icmp(.icmp, type: 14, code: 0))
    #expect(TrafficPoint.icmp(.icmpv6, type: 128, code: 0).answer == .icmp(.icmpv6, type: 129, code: 0))
    #expect(TrafficPoint.other(IPProtocol(rawValue: 47)).answer == .other(IPProtocol(rawValue: 47)))
    for type in UInt8.min...UInt8.max {
      #expect((TrafficPoint.icmp(.icmp, type: type, code: 0).answer != nil) == (type == 8 || type == 13))
      #expect((TrafficPoint.icmp(.icmpv6, type: type, code: 0).answer != nil) == (type == 128))
    }
  }

  @Test func `a point bears what it was made of`() {
    let point = TrafficPoint.ports(.udp, from: 65535, to: 1)
    #expect(point.protocol == .udp && point.sourcePort == 65535 && point.destinationPort == 1)
    let echo = TrafficPoint.icmp(.icmpv6, type: 255, code: 254)
    #expect(echo.protocol == .icmpv6 && echo.icmpType == 255 && echo.icmpCode == 254)
  }

  @Test func `a header is among the requests exactly if its answer is in the set`() {
    var random = RandomSets(seed: 60)
    for _ in 0..<80 {
      let set = random.trafficSet()
      let (requests, answers, answerable) = (set.requests, set.answers, set.onlyAnswerable())
      for point in RandomSets.points {
        let answer = point.answer
        check(requests.contains(point) == (answer.map(set.contains) ?? false), "\(point) asks for \(set)")
        check(answerable.contains(point) == (answer != nil && set.contains(point)), "\(point) of \(set)")
        if set.contains(point), let answer { check(answers.contains(answer), "\(answer) answers \(set)") }
      }
    }
  }

  @Test func `answers and requests undo each other`() {
    var random = RandomSets(seed: 61)
    for _ in 0..<400 {
      let (a, b) = (random.trafficSet(), random.trafficSet())
      check(a.answers.requests == a.onlyAnswerable(), "\(a)")
      check(a.requests.answers == a.intersection(TrafficSet.any.answers), "\(a)")
      check(a.union(b).answers == a.answers.union(b.answers), "\(a), \(b)")
      check(a.intersection(b).answers == a.answers.intersection(b.answers), "\(a), \(b)")
      check(a.union(b).requests == a.requests.union(b.requests), "\(a), \(b)")
      check(a.complement.requests == TrafficSet.any.requests.subtracting(a.requests), "\(a)")
      check(a.onlyAnswerable().onlyAnswerable() == a.onlyAnswerable(), "\(a)")
    }
  }

  @Test func `forgetting source ports is the projection`() {
    var random = RandomSets(seed: 62)
    for _ in 0..<500 {
      let set = random.trafficSet()
      let forgotten = set.forgettingSourcePorts
      check(forgotten.contains(set) && forgotten.forgettingSourcePorts == forgotten, "\(set)")
      for proto in [IPProtocol.tcp, .udp, .sctp] {
        let ports = set.destinationPorts(of: proto)
        check(forgotten.intersection(TrafficSet(protocol: proto)) == TrafficSet(proto, destination: ports), "\(set)")
        check(set.answers.sourcePorts(of: proto) == ports, "\(set)")
      }
    }
  }
}
