import CertificateChecker
import Certificates
import Language
import NetworkModel
import PacketSpace
import Properties
import TestSupport
import Testing

/// The engine's verdicts on random networks, checked again by code that is not the engine's; and false ones handed to it.
@Suite struct `Certificates of random networks` {
  @Test func `are confirmed where nothing is unknown`() throws {
    try check(Seeds.range(1...8), .known)
  }

  @Test func `are confirmed where something is unknown`() throws {
    try check(Seeds.range(1...8), RandomNetwork.Shape())
  }

  private func check(_ seeds: ClosedRange<UInt64>, _ shape: RandomNetwork.Shape) throws {
    var confirmed: [Certificate.Verdict: Int] = [:]
    var unclear = 0
    for seed in seeds {
      let network = RandomNetwork(seed: seed, shape: shape).network
      let certified = try Certified(network, Self.lines(network, seed))
      let claims = certified.certificate.rules[0].properties
      for (claim, recheck) in zip(claims, certified.recheck()) where claim.verdict != .undecided {
        switch recheck.outcome {
        case .confirmed: confirmed[claim.verdict, default: 0] += 1
        case .notRechecked: unclear += 1
        case .doesNotHold(let faults): Issue.record("seed \(seed): \(claim.verdict) \(claim.line): \(faults)")
        }
      }
    }
    print("certificates of random networks: \(confirmed), \(unclear) not re-checked")
    #expect(Seeds.areGiven || confirmed[.proved, default: 0] > 20)
    #expect(Seeds.areGiven || confirmed[.violated, default: 0] > 2)
  }

  @Test func `do not hold where a proof is claimed of what is violated`() throws {
    var noticed = 0
    for seed in Seeds.range(1...8) {
      let network = RandomNetwork(seed: seed, shape: .known).network
      for line in Self.lines(network, seed) {
        guard case .property(let property) = try Parser.statement(line) else { continue }
        let evaluator = Evaluator(Evaluator.Ground(network))
        var verdict = try evaluator.verdict(property)
        guard verdict.verdict == .violated else { continue }
        verdict.verdict = .proved
        let claim = try evaluator.certified(verdict, line: line, keys: ModelKeys(network)) { _ in nil }
        let certified = try Certified(network, [line])
        var certificate = certified.certificate
        certificate.rules[0].properties = [claim]
        let outcome = certified.recheck(certificate).first?.outcome
        guard case .doesNotHold? = outcome else {
          Issue.record("seed \(seed): \(line) is violated, and a proof of it was taken: \(String(describing: outcome))")
          continue
        }
        noticed += 1
      }
    }
    #expect(Seeds.areGiven || noticed > 2)
  }

  @Test func `do not hold where a listener is taken out of a closed set, or put into it`() throws {
    var noticed = 0
    for seed in Seeds.range(1...60) {
      let network = RandomNetwork(seed: seed, shape: .known).network
      let certified = try Certified(network, Self.paths(network, seed))
      for (index, claim) in certified.certificate.rules[0].properties.enumerated() where claim.verdict == .proved {
        for (place, proof) in claim.evidence.proofs.enumerated() {
          for member in proof.reached.indices {
            var certificate = certified.certificate
            certificate.rules[0].properties[index].evidence.proofs[place].reached.remove(at: member)
            let outcome = certified.recheck(certificate)[index].outcome
            guard outcome != .confirmed else {
              Issue.record("seed \(seed): \(claim.line) holds without \(proof.reached[member])")
              continue
            }
            noticed += 1
          }
        }
      }
    }
    #expect(Seeds.areGiven || noticed > 0)
  }

  private static func paths(_ network: Network, _ seed: UInt64) -> [String] {
    var random = SeededGenerator(seed: seed)
    let names = network.endpoints.map { "\"\($0.identity.key)\"" }
    return (0..<3).map { _ in "forbid internet ~> \(names.randomElement(using: &random) ?? "any")" }
  }

  private static func lines(_ network: Network, _ seed: UInt64) -> [String] {
    var random = SeededGenerator(seed: seed &+ 77)
    let names = network.endpoints.map { "\"\($0.identity.key)\"" }
    func name() -> String { names.randomElement(using: &random) ?? "any" }
    func traffic() -> String {
      ["", " on tcp/443", " on !tcp/22", " on udp/53,icmp/8"].randomElement(using: &random) ?? ""
    }
    var lines = paths(network, seed)
    lines += (0..<3).map { _ in "forbid \(name()) -> \(name())\(traffic())" }
    lines += (0..<2).map { _ in "forbid \(name()) ~> \(name())\(traffic())" }
    lines += ["only \(name()) -> \(name())\(traffic())", "isolated \(name()), \(name())\(traffic())"]
    lines += ["every internet ~> \(name()) via \(name())", "every \(name()) -> \(name()) via \(name())\(traffic())"]
    lines += ["require \(name()) -> \(name()) on tcp/443", "encrypted internet -> \(name())"]
    return lines
  }
}
