import Diagnostics
import Language
import NetworkModel
import PacketSpace
import Properties
import SARIF

extension QueryReport {
  /// The answer as one JSON object on one line, version 1 (docs/formats.md).
  package func json(_ context: ReportContext) -> String {
    var members: [JSONValue.Member] = [.init("version", .integer(1)), .init("query", .string(question))]
    switch outcome {
    case .answered(let answer): members += Self.members(answer, context)
    case .failed(let reason):
      members += [
        .init("result", .string(QueryAnswer.Result.undecided.rawValue)), .init("arrives", .boolean(false)),
        .init("traffic", .string("none")), .init("hops", .array([])), .init("blockedBy", .array([])),
        .init("assumptions", .array([])), .init("unknowns", .array([])), .init("vacuous", .boolean(false)),
        .init("error", .string(reason)),
      ]
    }
    return JSONValue.object(members).line + "\n"
  }

  private static func members(_ answer: QueryAnswer, _ context: ReportContext) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init("result", .string(answer.result.rawValue)), .init("arrives", .boolean(answer.arrives)),
      .init("traffic", .string(answer.traffic.description)),
    ]
    if let ports = answer.sourcePorts { members.append(.init("sourcePorts", .string(ports.description))) }
    let legs = answer.witness?.legs ?? []
    members += [
      .init("hops", .array(legs.enumerated().flatMap { hops($1, number: $0 + 1, context) })),
      .init("blockedBy", .array(answer.blockers.map { blocker($0, context) })),
      .init("assumptions", .array(answer.assumptions.map { assumption(context.network[$0]) })),
      .init("unknowns", .array(answer.unknowns.map { unknown(context.network[$0], context) })),
      .init("vacuous", .boolean(answer.isVacuous)),
    ]
    if !answer.notes.isEmpty { members.append(.init("notes", .array(answer.notes.map { .string($0) }))) }
    return members
  }

  private static func hops(_ leg: WitnessLeg, number: Int, _ context: ReportContext) -> [JSONValue] {
    ((leg.relay.map { [$0] } ?? []) + leg.hops).map { hop in
      .members([
        "leg": .integer(number), "half": .string(hop.half.rawValue), "resource": .string(hop.title),
        "rule": .string(hop.detail), "source": source(hop.derivation, context), "setBy": setBy(hop.derivation, context),
      ])
    }
  }

  private static func blocker(_ blocker: ExplainedBlocker, _ context: ReportContext) -> JSONValue {
    .members([
      "half": .string(blocker.half.rawValue), "code": .string(blocker.code), "resource": .string(blocker.title),
      "rule": .string(blocker.detail), "source": source(blocker.derivation, context),
      "setBy": setBy(blocker.derivation, context),
    ])
  }

  private static func assumption(_ assumption: Assumption) -> JSONValue {
    .members(["code": .string(assumption.code), "text": .string(assumption.text)])
  }

  private static func unknown(_ unknown: Unknown, _ context: ReportContext) -> JSONValue {
    .members(["reason": .string(unknown.reason), "source": source(unknown.derivation, context)])
  }

  private static func source(_ derivation: Derivation, _ context: ReportContext) -> JSONValue? {
    context.place(derivation).map { .string($0) }
  }

  /// The places behind the first: a parameter's definition, the file that sets it.
  private static func setBy(_ derivation: Derivation, _ context: ReportContext) -> JSONValue? {
    JSONValue.nonEmpty(derivation.steps.dropFirst().map { .string(context.sources.place($0.range)) })
  }
}
