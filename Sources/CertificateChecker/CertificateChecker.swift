package import Certificates
package import Language
package import NetworkModel
import PacketSpace

/// Checks a certificate again, over a network that was loaded again, with nothing of the engine: the reference interpreter walks, and the
/// language says whom properties mean.
///
/// Shared with the code that wrote the certificate, and so trusted, are the loaders, the model, packets' arithmetic and the language.
package struct CertificateChecker {
  /// A rule as the project has it now.
  package struct RuleLines: Sendable {
    package var id: String
    package var lines: [String]

    package init(id: String, lines: [String]) {
      self.id = id
      self.lines = lines
    }
  }

  private let network: Network
  private let selecting: Selecting
  private let parameters: [String: String]
  private let bindable: Set<EndpointID>

  /// - Parameters:
  ///   - network: what was loaded.
  ///   - tiers: what the names of tiers stand for.
  ///   - parameters: values for `{name}`.
  ///   - bindable: the pods that a policy can select: all but those on their node's network.
  package init(
    _ network: Network, tiers: TierDefinitions = TierDefinitions(), parameters: [String: String] = [:],
    bindable: Set<EndpointID> = []
  ) {
    self.network = network
    self.bindable = bindable
    var selecting = Selecting(network, tiers: tiers, parameters: parameters)
    selecting.isRule = true
    self.selecting = selecting
    self.parameters = parameters
  }

  /// What became of each property, in the certificate's order.
  ///
  /// - Parameters:
  ///   - certificate: what is checked.
  ///   - rules: what the project asks for; a rule that the certificate leaves out or says otherwise does not hold.
  /// - Returns: one entry a property, and one for each rule that differs.
  package func check(_ certificate: Certificate, rules: [RuleLines]) -> [Recheck] {
    var results = differences(certificate, rules)
    let ground = CheckGround(network, asked: asked(certificate))
    let names = Names(network)
    for rule in certificate.rules {
      for claim in rule.properties {
        var check = PropertyCheck(
          network: network, names: names, parameters: parameters, ground: ground, selecting: selecting,
          bindable: bindable)
        let (outcome, remark) = check.check(claim)
        results.append(
          Recheck(rule: rule.id, line: claim.line, verdict: claim.verdict.rawValue, outcome: outcome, remark: remark))
      }
    }
    return results
  }

  /// What the certificate says is taken for granted, and is not here, or the other way round.
  package func givenThatDiffers(_ certificate: Certificate) -> [String] {
    Self.differences("assumption", certificate.assumptions, network.assumptions.map(\.certified))
      + Self.differences("gap", certificate.gaps, network.gaps.map(\.certified))
  }

  private static func differences(_ word: String, _ said: [String], _ here: [String]) -> [String] {
    let (old, new) = (Set(said), Set(here))
    return new.subtracting(old).sorted().map { "an \(word) that the certificate does not state: \($0)" }
      + old.subtracting(new).sorted().map { "an \(word) that is not there: \($0)" }
  }

  private func differences(_ certificate: Certificate, _ rules: [RuleLines]) -> [Recheck] {
    var results: [Recheck] = []
    func add(_ id: String, _ text: String) {
      results.append(Recheck(rule: id, line: "", verdict: "", outcome: .doesNotHold([text])))
    }
    for rule in rules {
      let stated = certificate.rules.filter { $0.id == rule.id }
      if stated.isEmpty { add(rule.id, "the certificate says nothing of this rule") }
      if stated.count > 1 { add(rule.id, "the certificate states this rule \(stated.count) times") }
      guard let first = stated.first, first.properties.map(\.line) != rule.lines else { continue }
      add(
        rule.id,
        "the rule says `\(rule.lines.joined(separator: "`, `"))`, and the certificate `\(first.properties.map(\.line).joined(separator: "`, `"))`"
      )
    }
    for rule in certificate.rules where !rules.contains(where: { $0.id == rule.id }) {
      add(rule.id, "the project has no such rule")
    }
    return results
  }

  /// The traffic that properties speak of, so that it is told apart too; a line that cannot be read says so when it is checked.
  private func asked(_ certificate: Certificate) -> [TrafficSet] {
    let lines = certificate.rules.flatMap(\.properties).map(\.line)
    let literals = lines.compactMap { try? Parser.property($0) }.flatMap { property -> [TrafficLiteral?] in
      switch property {
      case .flow(let flow): [flow.on, flow.entering]
      case .isolated(_, _, let on): [on]
      case .same, .all: []
      }
    }
    let requires = lines.contains { line in
      if case .flow(let flow)? = try? Parser.property(line) { flow.demand == .require } else { false }
    }
    var sets = requires ? [RequireCheck.ordinary, RequireCheck.wide].map { RequireCheck.traffic(from: $0) } : []
    sets += literals.compactMap { $0.flatMap { try? $0.set(parameters) } }
    for proof in certificate.rules.flatMap(\.properties).flatMap(\.evidence.proofs) {
      sets += proof.leftOut.map(\.traffic)
    }
    return sets
  }
}
