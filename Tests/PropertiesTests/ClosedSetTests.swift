import Language
import NetworkModel
import PacketSpace
import Properties
import Reachability
import TestSupport
import Testing

/// A proof about paths is held against a closed set, which is found the other way round.
@Suite struct `Closed sets` {
  @Test func `never show a path that the search for paths did not find`() throws {
    var contradictions: [String] = []
    var closed = 0
    for seed in UInt64(1)...80 {
      let network = RandomNetwork(seed: seed).network
      let evaluator = Evaluator(Evaluator.Ground(network))
      for endpoint in network.endpoints {
        let line = "forbid internet ~> \"\(endpoint.identity.key)\""
        let verdict = try evaluator.verdict(try Parser.property(line))
        for note in verdict.notes where note.hasPrefix("no path was found") {
          contradictions.append("seed \(seed): \(line): \(note)")
        }
        closed += verdict.notes.contains { $0.hasPrefix("closed set: ") } ? 1 : 0
      }
    }
    #expect(contradictions == [])
    #expect(closed > 5, "some sets hold a relay")
  }

  @Test func `names the relays that are reached and lead no further`() throws {
    var small = SmallNetwork()
    small.add("alb", SmallNetwork.held("10.0.0.8"))
    small.publish("10.0.0.8", as: "203.0.113.8")
    small.add("web", SmallNetwork.held("10.0.0.9"), admits: [SmallNetwork.admitting("10.0.0.200/32")])
    let (balancer, web) = (EndpointID(0), EndpointID(1))
    small.network.endpoints[balancer.offset].accepts = .tcp(443)
    _ = small.network.add(
      Relay(
        identity: Identity(key: "alb"), kind: "alb", interfaces: [balancer],
        listeners: [
          Relay.Listener(transport: .tcp, ports: PortRange(443), targets: [Relay.Target(.endpoint(web), port: 8080)])
        ]))
    let shut = try small.judged("forbid internet ~> web")
    #expect(shut.verdict == .proved)
    #expect(shut.notes == ["closed set: the sources may reach alb, and by these none of the targets"])
    small.network.filters[0].ingress = RuleList([SmallNetwork.admitting("10.0.0.8/32")])
    #expect(try small.judged("forbid internet ~> web").verdict == .violated)
  }

  @Test func `a target that nobody saw may be anybody whom the balancer gets to`() throws {
    var small = SmallNetwork()
    small.add("alb", SmallNetwork.held("10.0.0.8"))
    small.publish("10.0.0.8", as: "203.0.113.8")
    small.add("web", SmallNetwork.held("10.0.0.9"), admits: [SmallNetwork.admitting("10.0.0.8/32")])
    small.add("db", SmallNetwork.held("10.0.0.10"), admits: [SmallNetwork.admitting("10.0.0.200/32")])
    small.network.endpoints[0].accepts = .tcp(443)
    let unknown = small.network.add(Unknown("which target is registered"))
    _ = small.network.add(
      Relay(
        identity: Identity(key: "alb"), kind: "alb", interfaces: [EndpointID(0)],
        listeners: [Relay.Listener(transport: .tcp, ports: PortRange(443), targetsOpen: unknown)]))
    for arrow in ["~>", "->"] {
      let verdict = try small.judged("forbid internet \(arrow) web")
      #expect(verdict.verdict == .undecided)
      #expect(verdict.unknowns == [unknown])
      let shut = try small.judged("forbid internet \(arrow) db")
      #expect(shut.verdict == .proved, "\(shut)")
    }
    small.network.relays[0].listeners[0].targetsOpen = nil
    #expect(try small.judged("forbid internet ~> web").verdict == .proved)
  }
}
