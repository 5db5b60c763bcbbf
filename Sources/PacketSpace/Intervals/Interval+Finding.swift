/// Questions to canonical lists of intervals. None allocates.
extension Array where Element: Interval {
  /// The first interval that does not end before the value; `count` if all do. O(log *n*).
  func firstIndex(endingAtOrAfter value: Element.Bound) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) >> 1
      if self[middle].upper < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether a value lies in one of the intervals. O(log *n*).
  func holds(_ value: Element.Bound) -> Bool {
    let index = firstIndex(endingAtOrAfter: value)
    return index < count && self[index].lower <= value
  }

  /// Whether all of an interval lies in the list, and so in one interval of it. O(log *n*).
  func holds(_ interval: Element) -> Bool {
    if interval.isEmpty { return true }
    let index = firstIndex(endingAtOrAfter: interval.lower)
    return index < count && self[index].lower <= interval.lower && interval.upper <= self[index].upper
  }

  /// Whether every value of the other list lies in this one. O(*m* log *n*).
  func holds(_ other: [Element]) -> Bool { other.allSatisfy { holds($0) } }

  /// The lowest value of both. O(*n* + *m*).
  func firstCommon(_ other: [Element]) -> Element.Bound? {
    var (left, right) = (0, 0)
    while left < count, right < other.count {
      if self[left].upper < other[right].lower {
        left += 1
      } else if other[right].upper < self[left].lower {
        right += 1
      } else {
        return Swift.max(self[left].lower, other[right].lower)
      }
    }
    return nil
  }
}

/// Cells of a line by their lowest values, the first of which is the line's lowest.
extension Array where Element: Comparable {
  /// The cell of a value: the last one that starts at it or before. O(log *n*).
  func cell(of value: Element) -> Int {
    var (low, high) = (0, count)
    while low + 1 < high {
      let middle = (low + high) >> 1
      if self[middle] <= value { low = middle } else { high = middle }
    }
    return low
  }
}
