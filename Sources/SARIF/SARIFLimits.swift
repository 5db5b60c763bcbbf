/// How much of a log code scanning takes before it refuses the whole upload, or before it stops showing.
///
/// What is cut off is said in a notification: nothing is left out in silence.
enum SARIFLimits {
  /// More results than this in a run and the upload is refused.
  static let results = 25_000
  /// More steps than this in a result are not shown (10,000 and the upload is refused).
  static let steps = 1_000
  /// More related places than this in a result are not shown (1,000 and the upload is refused).
  static let places = 100
}

extension SARIFRun {
  /// The run with no more in it than is accepted: the gravest results first to stay.
  var withinLimits: SARIFRun {
    var run = self
    if run.results.count > SARIFLimits.results {
      let left = run.results.count - SARIFLimits.results
      let kept = run.results.enumerated()
        .sorted { ($1.element.level, $0.offset) < ($0.element.level, $1.offset) }
        .prefix(SARIFLimits.results).map(\.offset).sorted()
      run.results = kept.map { results[$0] }
      run.notifications.append(
        SARIFNotification(
          code: "sarif/results-left-out", level: .warning,
          message: "\(left) of \(results.count) results are left out: a run may hold \(SARIFLimits.results)"))
    }
    for index in run.results.indices { run.results[index].keepWithinLimits() }
    return run
  }
}

extension SARIFResult {
  fileprivate mutating func keepWithinLimits() {
    var room = SARIFLimits.steps
    let whole = flows.prefix { flow in
      room -= flow.steps.count
      return room >= 0
    }
    if whole.count < flows.count {
      properties.append(("pathsLeftOut", String(flows.count - max(whole.count, 1))))
    }
    if whole.isEmpty, var longest = flows.first {
      // A path longer than all room keeps its two ends: where it starts, and what it reaches.
      properties.append(("stepsLeftOut", String(longest.steps.count - SARIFLimits.steps)))
      longest.steps = longest.steps.prefix(SARIFLimits.steps / 2) + longest.steps.suffix(SARIFLimits.steps / 2)
      flows = [longest]
    } else {
      flows = Array(whole)
    }
    if related.count > SARIFLimits.places {
      properties.append(("placesLeftOut", String(related.count - SARIFLimits.places)))
    }
    related = Array(related.prefix(SARIFLimits.places))
  }
}
