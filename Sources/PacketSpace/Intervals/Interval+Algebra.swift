/// The algebra of canonical lists of intervals. Both operands are canonical, and so is every result.
extension Array where Element: Interval {
  /// Appends an interval that starts no lower than the last one, joining the two if they overlap or touch.
  mutating func appendJoining(_ interval: Element) {
    guard let last, interval.lower <= last.upper || last.upper.next == interval.lower else {
      append(interval)
      return
    }
    if interval.upper > last.upper { self[count - 1].upper = interval.upper }
  }

  /// The canonical list of the same values, from intervals in any order. O(*n* log *n*).
  func canonicalized() -> [Element] {
    if count == 1 { return self[0].isEmpty ? [] : self }
    var result: [Element] = []
    result.reserveCapacity(count)
    for interval in sorted() where !interval.isEmpty { result.appendJoining(interval) }
    return result
  }

  /// The values of either. O(*n* + *m*).
  func union(_ other: [Element]) -> [Element] {
    if other.isEmpty { return self }
    if isEmpty { return other }
    var result: [Element] = []
    result.reserveCapacity(count + other.count)
    var (left, right) = (0, 0)
    while left < count || right < other.count {
      if right == other.count || (left < count && self[left].lower < other[right].lower) {
        result.appendJoining(self[left])
        left += 1
      } else {
        result.appendJoining(other[right])
        right += 1
      }
    }
    return result
  }

  /// The values of both. O(*n* + *m*).
  func intersection(_ other: [Element]) -> [Element] {
    var result: [Element] = []
    var (left, right) = (0, 0)
    while left < count, right < other.count {
      let lower = Swift.max(self[left].lower, other[right].lower)
      let upper = Swift.min(self[left].upper, other[right].upper)
      // Two pieces of one interval have a gap of the other between them, so no piece touches the one before.
      if lower <= upper { result.append(Element(lower: lower, upper: upper)) }
      if self[left].upper < other[right].upper { left += 1 } else { right += 1 }
    }
    return result
  }

  /// The values of this list that are not in the other. O(*n* + *m*).
  func subtracting(_ other: [Element]) -> [Element] {
    if isEmpty || other.isEmpty { return self }
    var result: [Element] = []
    var right = 0
    for interval in self {
      while right < other.count, other[right].upper < interval.lower { right += 1 }
      var rest: Element.Bound? = interval.lower
      var hole = right
      while let lower = rest, hole < other.count, other[hole].lower <= interval.upper {
        if lower < other[hole].lower, let before = other[hole].lower.previous {
          result.append(Element(lower: lower, upper: before))
        }
        rest = other[hole].upper < interval.upper ? other[hole].upper.next : nil
        hole += 1
      }
      if let lower = rest { result.append(Element(lower: lower, upper: interval.upper)) }
    }
    return result
  }
}
