import NetworkModel
import Properties
import Testing

/// A range that an endpoint holds, with single addresses in it that others hold: an interface with a delegated prefix, and its pods.
@Suite struct `Held ranges` {
  @Test func `an address in the range that another holds does not stand for the range`() throws {
    var small = SmallNetwork()
    small.add("node", SmallNetwork.held("10.0.0.0/28"))
    small.add("pod", SmallNetwork.held("10.0.0.0"), admits: [])
    small.add("client", SmallNetwork.held("10.0.0.20"))
    #expect(try small.judged("forbid client -> node").verdict == .violated)
    #expect(try small.judged("forbid client -> pod").verdict == .proved)
  }

  @Test func `a range within a range is its holder's, and what is held in that again another's`() throws {
    var small = SmallNetwork()
    small.add("wide", SmallNetwork.held("10.0.0.0/26"))
    small.add("narrow", SmallNetwork.held("10.0.0.0/28"))
    small.add("pod", SmallNetwork.held("10.0.0.0"), admits: [])
    small.add("client", SmallNetwork.held("10.0.0.100"))
    #expect(try small.judged("forbid client -> wide").verdict == .violated)
    #expect(try small.judged("forbid client -> narrow").verdict == .violated)
    #expect(try small.judged("forbid client -> pod").verdict == .proved)
  }
}
