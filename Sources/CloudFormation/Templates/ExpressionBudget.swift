import Diagnostics

/// What the expressions of all templates of a run may cost together.
///
/// Functions refer to other functions, and a few lines can ask for more work than there is time: a mapping that joins two entries of another,
/// which joins two of a third. Conditions and imports refer to each other in chains that no document's depth bounds.
final class ExpressionBudget {
  let limits: InputLimits
  private var steps = 0
  private var nesting = 0
  /// Set once a bound is passed and said: what is asked then is unknown without another word.
  private(set) var isSpent = false

  /// Which bound was passed.
  enum Excess {
    case steps, depth
  }

  /// How many steps there are in all.
  let allowance: Int

  /// A budget for templates of so many values together.
  init(_ limits: InputLimits, values: Int) {
    self.limits = limits
    allowance = limits.expressionSteps + values * limits.expressionStepsOfValue
  }

  /// Begins an expression, a condition or an import; each that begins is left.
  func enter() -> Excess? {
    guard nesting < limits.expressionDepth else { return .depth }
    guard spend(1) else { return .steps }
    nesting += 1
    return nil
  }

  func leave() { nesting -= 1 }

  /// Takes what something costs; false where no more is left.
  func spend(_ count: Int) -> Bool {
    guard steps <= allowance - count else { return false }
    steps += count
    return true
  }

  func close() { isSpent = true }
}
