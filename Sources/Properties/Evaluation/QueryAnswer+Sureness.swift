package import PacketSpace
import Reachability

extension QueryAnswer.Pair {
  /// What surely is answered.
  package var surelyAnswered: TrafficSet { answered.must }
  /// What is answered for some value of the unknowns.
  package var perhapsAnswered: TrafficSet { answered.may }
  /// What surely arrives.
  package var surelyArrives: TrafficSet { traffic.must }
  /// What arrives for some value of the unknowns.
  package var perhapsArrives: TrafficSet { traffic.may }
}
