import NetworkModel
import PacketSpace
import Reachability
import ReferenceInterpreter

/// The plain interpreter in the same run: what one packet between two hosts costs where nothing is shared, beside what all traffic between
/// them costs in the table of all pairs.
struct InterpreterStage {
  /// Of larger estates nobody waits for it.
  static let most = 2_000
  private static let side = 60

  var basis: EngineBasis
  var secondsOfAllPairs: Double

  func run() {
    let network = basis.compiled.network
    let engine = Engine(basis)
    let interpreter = Interpreter(network)
    let step = max(network.endpoints.count / Self.side, 1)
    let ends = stride(from: 0, to: network.endpoints.count, by: step).map { EndpointID($0) }
    var questions: [WalkQuestion] = []
    for source in ends {
      for target in ends where target != source {
        guard let attempt = engine.attempts(.endpoint(source), .endpoint(target)).first else { continue }
        questions.append(
          WalkQuestion(
            origin: attempt.origin,
            packet: Packet(
              source: attempt.source, destination: attempt.destination, traffic: .ports(.tcp, from: 40_000, to: 443)),
            asked: attempt.asked, target: attempt.target, askedPlacement: attempt.askedPlacement))
      }
    }
    let (seconds, arrived) = Stopwatch.best(of: 1) { questions.count { interpreter.judge($0).answered.may } }
    let each = seconds / Double(questions.count)
    let pairs = Double(network.endpoints.count * network.endpoints.count)
    let ratio = each / (secondsOfAllPairs / pairs)
    report(
      "plain interpreter, \(questions.count) pairs, one packet each", seconds,
      "\(Int(each * 1e6)) µs a packet, \(Int(ratio)) times what all traffic of a pair costs above; \(arrived) answered")
  }
}
