import AWSNetwork
import Diagnostics
import Documents
import NetworkModel

/// All stacks of a run; exports join those of one account and region.
final class StackSet {
  private(set) var stacks: [Stack] = []
  private var exports: [String: (stack: Stack, value: Node)] = [:]
  private var resolving: Set<String> = []
  let budget: ExpressionBudget

  init(_ inputs: [StackInput], limits: InputLimits) {
    budget = ExpressionBudget(limits, values: inputs.reduce(0) { $0 + $1.template.nodeCount })
    for input in inputs { stacks.append(Stack(input, in: self)) }
    for stack in stacks {
      for output in stack.root["Outputs"].map({ Array($0.pairs) }) ?? [] {
        guard let name = output.value["Export"]?["Name"], let value = output.value["Value"],
          let text = stack.evaluate(name).text.value
        else { continue }
        exports[key(text, stack)] = (stack, value)
      }
    }
  }

  private func key(_ name: String, _ stack: Stack) -> String {
    "\(stack.input.account ?? "")/\(stack.input.region ?? "")/\(name)"
  }

  /// The value that another stack exports under a name.
  func imported(_ name: String, by stack: Stack, at here: Derivation) -> TemplateValue {
    let key = key(name, stack)
    guard let (owner, value) = exports[key] else {
      return .unknown(Missing("no loaded stack of the account and region exports `\(name)`", derivation: here))
    }
    guard resolving.insert(key).inserted else {
      return .unknown(Missing("the export \(name) refers to itself", derivation: here))
    }
    defer { resolving.remove(key) }
    return owner.evaluate(value).used(at: here)
  }
}
