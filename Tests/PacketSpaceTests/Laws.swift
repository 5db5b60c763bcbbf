import PacketSpace
import Testing

/// What the set types of packet space share, so that one statement of the laws checks them all.
protocol PacketAlgebra: Hashable, CustomStringConvertible {
  static var nothing: Self { get }
  static var everything: Self { get }
  var isEmpty: Bool { get }
  var complement: Self { get }
  func union(_ other: Self) -> Self
  func intersection(_ other: Self) -> Self
  func subtracting(_ other: Self) -> Self
  func contains(_ other: Self) -> Bool
  func overlaps(_ other: Self) -> Bool
  mutating func formUnion(_ other: Self)
  mutating func formIntersection(_ other: Self)
  mutating func subtract(_ other: Self)
}

extension AddressSet: PacketAlgebra {
  static var nothing: AddressSet { none }
}

extension PortSet: PacketAlgebra {
  static var nothing: PortSet { none }
  static var everything: PortSet { all }
}

extension TrafficSet: PacketAlgebra {
  static var nothing: TrafficSet { none }
  static var everything: TrafficSet { any }
}

/// The laws of a Boolean algebra for three sets. Equality is equality of values, so each law also says that results are canonical.
func expectLaws<S: PacketAlgebra>(_ a: S, _ b: S, _ c: S, sourceLocation: SourceLocation = #_sourceLocation) {
  func law(_ name: String, _ holds: Bool) {
    if !holds { Issue.record("\(name): a = \(a); b = \(b); c = \(c)", sourceLocation: sourceLocation) }
  }
  func equal(_ name: String, _ left: S, _ right: S) { law(name, left == right) }
  equal("union is commutative", a.union(b), b.union(a))
  equal("intersection is commutative", a.intersection(b), b.intersection(a))
  equal("union is associative", a.union(b).union(c), a.union(b.union(c)))
  equal("intersection is associative", a.intersection(b).intersection(c), a.intersection(b.intersection(c)))
  equal("intersection distributes", a.intersection(b.union(c)), a.intersection(b).union(a.intersection(c)))
  equal("union distributes", a.union(b.intersection(c)), a.union(b).intersection(a.union(c)))
  equal("absorption of the intersection", a.union(a.intersection(b)), a)
  equal("absorption of the union", a.intersection(a.union(b)), a)
  equal("De Morgan, union", a.union(b).complement, a.complement.intersection(b.complement))
  equal("De Morgan, intersection", a.intersection(b).complement, a.complement.union(b.complement))
  equal("double complement", a.complement.complement, a)
  equal("excluded middle", a.union(a.complement), .everything)
  equal("contradiction", a.intersection(a.complement), .nothing)
  equal("union is idempotent", a.union(a), a)
  equal("intersection is idempotent", a.intersection(a), a)
  equal("nothing is neutral", a.union(.nothing), a)
  equal("everything is neutral", a.intersection(.everything), a)
  equal("nothing absorbs", a.intersection(.nothing), .nothing)
  equal("everything absorbs", a.union(.everything), .everything)
  equal("difference is intersection with the complement", a.subtracting(b), a.intersection(b.complement))
  equal("two pieces make the whole", a.intersection(b).union(a.subtracting(b)), a)
  law("containment is an empty difference", a.contains(b) == b.subtracting(a).isEmpty)
  law("containment is absorption", a.contains(b) == (a.union(b) == a))
  law("overlap is a common member", a.overlaps(b) == !a.intersection(b).isEmpty)
  law("only nothing is empty", a.isEmpty == (a == .nothing))
  var changed = a
  changed.formUnion(b)
  changed.formIntersection(c)
  changed.subtract(b)
  equal("in place as by value", changed, a.union(b).intersection(c).subtracting(b))
}

/// A cheap check for loops of many thousands, where `#expect` would take most of the time.
func check(
  _ holds: Bool, _ comment: @autoclosure () -> String, sourceLocation: SourceLocation = #_sourceLocation
) {
  if !holds { Issue.record("\(comment())", sourceLocation: sourceLocation) }
}
