import Diagnostics
import NetworkModel
import PacketSpace
import Properties
import Rules
import SARIF

extension CheckReport {
  /// An alert: one sentence that stands alone, one line, and the paths that prove it.
  func result(_ group: FindingGroup) -> SARIFResult {
    let found = group.first
    let finding = found.finding
    let range = place(of: found)
    var sentences: [String] = []
    for member in group.members {
      let sentence = sentence(member.finding)
      if !sentences.contains(sentence) { sentences.append(sentence) }
    }
    var message = sentences.joined(separator: "; also: ")
    if range == nil { message += " (no file says where: this line stands for the whole input)" }
    return SARIFResult(
      ruleID: found.rule.id, level: SARIFLevel(found.level), message: message,
      location: location(range, of: finding, message: nil), fingerprint: found.fingerprint,
      flows: group.members.map { flow($0) }, related: related(group, besides: range), properties: facts(found))
  }

  // MARK: The sentence

  /// What is wrong; for what may be, also what it hangs on.
  private func sentence(_ finding: Finding) -> String {
    var sentence = finding.message
    if finding.verdict == .undecided {
      let reasons = finding.unknowns.map { context.network[$0].reason }
      let hangs = reasons.isEmpty ? "what it hangs on is not known" : "it hangs on: \(reasons.joined(separator: "; "))"
      sentence = "Undecided: \(sentence); \(hangs)"
    }
    if finding.isOneWay { sentence += " (one way: it arrives and is never answered)" }
    return sentence
  }

  private func facts(_ found: RuleFinding) -> [(name: String, value: String)] {
    let finding = found.finding
    var facts = [
      (name: "verdict", value: finding.verdict.rawValue), (name: "property", value: found.line.text),
      (name: "source", value: finding.source.key), (name: "target", value: finding.target.key),
      (name: "traffic", value: finding.traffic.description),
    ]
    let assumed = finding.assumptions.map { context.network[$0].text }
    if !assumed.isEmpty { facts.append((name: "assumed", value: assumed.joined(separator: "; "))) }
    return facts
  }

  // MARK: Places

  /// The one place of an alert.
  ///
  /// What no file says is put on the project file's first line, else on that of the first file that was read.
  private func location(_ range: SourceRange?, of finding: Finding, message: String?) -> SARIFLocation {
    if let range { return location(range, message: message, logicalName: finding.target.key) }
    let paths = context.sources.files.map(\.path)
    let project = paths.first { $0 == "tierproof.yaml" || $0.hasSuffix("/tierproof.yaml") }
    return SARIFLocation(
      path: project ?? paths.first ?? "tierproof.yaml", line: 1, message: message, logicalName: finding.target.key)
  }

  /// A path hop by hop, at the lines that let it on; never empty.
  private func flow(_ found: RuleFinding) -> SARIFFlow {
    let finding = found.finding
    let range = place(of: found)
    var steps = (finding.witness?.hops ?? []).compactMap { hop -> SARIFStep? in
      // What no file says is no place to look at.
      guard let line = hop.derivation.primary else { return nil }
      return SARIFStep(
        location(line, message: "\(hop.title): \(hop.detail)"), importance: line == range ? .essential : .important,
        nesting: hop.half == .answer ? 1 : 0)
    }
    if steps.isEmpty {
      steps = [SARIFStep(location(range, of: finding, message: finding.message), importance: .essential)]
    }
    let packets = (finding.witness?.legs ?? []).map(\.packet.text).joined(separator: "; then ")
    return SARIFFlow(message: packets.isEmpty ? found.line.text : "\(found.line.text): \(packets)", steps: steps)
  }

  /// The other places behind an alert: where values come from, and where what it hangs on is left open; each once.
  private func related(_ group: FindingGroup, besides range: SourceRange?) -> [SARIFLocation] {
    var seen: Set<SourceRange> = []
    if let range { seen.insert(range) }
    var related: [SARIFLocation] = []
    func add(_ range: SourceRange, _ message: String) {
      if seen.insert(range).inserted { related.append(location(range, message: message)) }
    }
    func add(_ step: Derivation.Step) { add(step.range, step.note.isEmpty ? Self.word(step.role) : step.note) }
    for found in group.members {
      for id in found.finding.unknowns {
        let unknown = context.network[id]
        if let place = unknown.derivation.primary { add(place, "it hangs on: \(unknown.reason)") }
      }
      for step in found.finding.place.steps { add(step) }
      for hop in found.finding.witness?.hops ?? [] { for step in hop.derivation.steps.dropFirst() { add(step) } }
    }
    return related
  }

  private static func word(_ role: Derivation.Role) -> String {
    switch role {
    case .stated: "stated here"
    case .defined: "defined here"
    case .set: "set here"
    case .attached: "attached here"
    }
  }
}
