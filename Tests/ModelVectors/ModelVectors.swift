import Foundation
import NetworkModel
import ReferenceInterpreter
import TestSupport
import Testing

/// Every judge that answers the vectors.
private let judges: [any VectorJudge] = [InterpreterJudge(), EngineJudge()]

/// The networks of the model's vectors, with questions and expected outcomes.
@Suite struct ModelVectors {
  @Test(arguments: judges) func `every walk has its verdict and its blockers`(judge: any VectorJudge) throws {
    guard let files = ModelVectorFiles.find() else { return }
    for file in files.walk {
      let vector = try ModelVectorFiles.readWalk(file)
      let names = WalkNames(vector.network)
      var faults: [String] = []
      var outcomes: [Int: (arrives: Bool, answered: Bool)] = [:]
      for question in vector.questions {
        let answer = judge.walk(question, in: vector.network)
        outcomes[question.id] = (answer.arrives.must, answer.answered.must)
        if answer.arrives != Certainty(question.arrives) {
          faults.append("question \(question.id): arrives \(answer.arrives), expected \(question.arrives)")
        }
        if answer.answered != Certainty(question.answered) {
          faults.append("question \(question.id): answered \(answer.answered), expected \(question.answered)")
        }
        let blockers = answer.blockers.map(names.name)
        let areRight =
          judge.findsExactBlockers
          ? blockers == question.blockers : Set(blockers).isSuperset(of: question.blockers)
        if !areRight {
          faults.append("question \(question.id): blockers\n    \(blockers)\n    expected\n    \(question.blockers)")
        }
      }
      for check in vector.checks where check.verdict(from: outcomes) != check.verdict {
        faults.append("check \(check.name): \(check.verdict(from: outcomes)), expected \(check.verdict)")
      }
      if !faults.isEmpty { Issue.record("\(judge.name), \(name(file)):\n  \(faults.joined(separator: "\n  "))") }
    }
    print("\(judge.name): \(files.walk.count) walk files")
  }

  @Test(arguments: judges) func `every half packet and selection lies within its bounds`(
    judge: any VectorJudge
  ) throws {
    guard let files = ModelVectorFiles.find() else { return }
    for file in files.layers {
      let vector = try ModelVectorFiles.readLayers(file)
      var faults: [String] = []
      for (index, question) in vector.questions.enumerated() {
        let answer = judge.layers(question, in: vector.network)
        if let fault = question.expected.fault(may: answer.bounds.may, must: answer.bounds.must) {
          faults.append("packet \(index): \(fault)")
        }
        if judge.findsExactBlockers, answer.outcomes == nil, question.outcomes != nil {
          faults.append("packet \(index): meets one layer, and no outcomes were given")
        }
        if let outcomes = answer.outcomes, let expected = question.outcomes, !outcomes.isSubset(of: expected) {
          faults.append("packet \(index): outcomes \(outcomes), expected within \(expected)")
        }
        if let outcomes = answer.outcomes {
          let isSound =
            (question.expected.truth == false || outcomes.contains(.allow))
            && (question.expected.truth == true || outcomes.contains(.deny))
          if !isSound { faults.append("packet \(index): outcomes \(outcomes) leave out what is true") }
        }
      }
      for (index, selection) in vector.selections.enumerated() {
        let answer = judge.selection(selection, in: vector.network)
        if let fault = selection.expected.fault(may: answer.may, must: answer.must) {
          faults.append("selection \(index): \(fault)")
        }
      }
      if !faults.isEmpty { Issue.record("\(judge.name), \(name(file)):\n  \(faults.joined(separator: "\n  "))") }
    }
    print("\(judge.name): \(files.layers.count) layer files")
  }

  private func name(_ file: URL) -> String {
    file.pathComponents.suffix(3).joined(separator: "/")
  }
}
