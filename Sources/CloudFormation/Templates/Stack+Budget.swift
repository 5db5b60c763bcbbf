import AWSNetwork
import Diagnostics
import NetworkModel

/// What stands where the budget of expressions ends: an unknown, and the place where it ended as an error.
extension Stack {
  var limits: InputLimits { stacks.budget.limits }

  /// Evaluates something at a place, if depth and steps are left for it.
  func within<Value>(_ range: SourceRange, otherwise: (Missing) -> Value, _ body: () -> Value) -> Value {
    switch stacks.budget.enter() {
    case nil:
      defer { stacks.budget.leave() }
      return body()
    case .steps: return otherwise(spent(Derivation(range)))
    case .depth:
      complain(
        "TP0305", "the expressions of the template wait for each other more than \(limits.expressionDepth) deep", range,
        "this is one too many")
      return otherwise(Missing("the expression nests too deep", derivation: Derivation(range)))
    }
  }

  /// Takes what something costs; false where no more is left.
  func afford(_ count: Int, at here: Derivation) -> Bool { stacks.budget.spend(count) }

  /// Why something is unknown when no steps are left; said as an error once a run.
  func spent(_ here: Derivation) -> Missing {
    if !stacks.budget.isSpent, let range = here.primary {
      stacks.budget.close()
      complain(
        "TP0306", "the expressions of the templates ask for more than \(stacks.budget.allowance) steps", range,
        "evaluating stopped here",
        help: "a function that repeats others grows with each level; write its value out, or name fewer inputs")
    }
    return Missing("the expressions of the templates ask for too much", derivation: here)
  }

  /// Why a text that is put together is unknown; said as an error.
  func tooLong(_ here: Derivation) -> Missing {
    if let range = here.primary {
      complain(
        "TP0307", "a text grows past \(limits.expressionBytes) bytes", range, "it is put together here")
    }
    return Missing("the text grows too long", derivation: here)
  }
}
