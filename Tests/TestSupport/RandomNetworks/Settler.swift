/// Decides which value an unknown takes: by dice, or by a script that tries one after another.
struct Settler {
  private struct Decision {
    var options: Int
    var taken: Int
  }

  private var dice: Dice
  /// How likely an unknown is settled at all.
  private let probability: Double
  /// Set where every value is to be tried.
  private let isScripted: Bool
  private var decisions: [Decision] = []
  private var replayed = 0

  /// Some unknowns are settled, to values by chance.
  init(seed: UInt64, probability: Double) {
    dice = Dice(seed: seed)
    self.probability = probability
    isScripted = false
  }

  /// Every unknown is settled; `next()` tells how else.
  ///
  /// - Parameter seed: of which values one of many is, where not all can be tried.
  init(scripted seed: UInt64) {
    dice = Dice(seed: seed)
    probability = 1
    isScripted = true
  }

  /// Whether an unknown is settled.
  mutating func settles() -> Bool { isScripted || dice.chance(probability) }

  /// One of the values; they are never empty where this is called.
  mutating func pick<T>(_ values: [T]) -> T {
    if !isScripted { return dice.pick(values) }
    if values.count == 1 { return values[0] }
    if replayed == decisions.count { decisions.append(Decision(options: values.count, taken: 0)) }
    defer { replayed += 1 }
    return values[decisions[replayed].taken]
  }

  /// At most so many of the values, the first and the last among them.
  ///
  /// The same ones each time that the script is run.
  mutating func sample<T>(_ values: [T], most: Int) -> [T] {
    if values.count <= most { return values }
    let inner = values.dropFirst().dropLast()
    var chosen: Set<Int> = []
    while chosen.count < most - 2 { chosen.insert(dice.number(inner.startIndex...inner.endIndex - 1)) }
    return [values[0]] + chosen.sorted().map { values[$0] } + [values[values.count - 1]]
  }

  /// How many decisions were taken.
  var count: Int { decisions.count }

  /// The script after this one, depth first, or `nil` after the last.
  func next(scripted seed: UInt64) -> Settler? {
    var script = Settler(scripted: seed)
    script.decisions = decisions
    while var last = script.decisions.popLast() {
      last.taken += 1
      if last.taken < last.options {
        script.decisions.append(last)
        return script
      }
    }
    return nil
  }
}
