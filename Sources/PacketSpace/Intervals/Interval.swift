/// A value of a line of values, with a neighbour on each side except at the ends.
///
/// A line may be broken: the highest IPv4 address has no next, though IPv6 addresses sort behind it.
protocol Ordinal: Comparable {
  /// The value after this one; `nil` at an end of the line.
  var next: Self? { get }
  /// The value before this one; `nil` at an end of the line.
  var previous: Self? { get }
}

/// Consecutive values, both ends included.
///
/// Address sets and port sets are lists of these in one canonical form: in order, none empty, and no two that overlap or touch. The
/// algebra is written once, for such lists, in `Interval+Algebra.swift`.
protocol Interval: Comparable {
  associatedtype Bound: Ordinal

  var lower: Bound { get set }
  var upper: Bound { get set }

  init(lower: Bound, upper: Bound)

  /// Whether no value lies in it: the ends are out of order.
  var isEmpty: Bool { get }
}

extension UInt16: Ordinal {
  var next: UInt16? { self == .max ? nil : self + 1 }
  var previous: UInt16? { self == .min ? nil : self - 1 }
}
