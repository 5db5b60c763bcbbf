/// Makes a saved case smaller while something stays true of it: greedily, the largest parts first.
///
/// It knows nothing of networks but that their lists refer to each other: what is taken out takes with it whatever cannot be without it.
package struct Shrinking {
  /// Whether the case still shows what it is kept for.
  private let shows: (SavedCase) -> Bool
  /// How many more cases may be tried.
  private var tries: Int
  private var current: SavedValue

  /// - Parameters:
  ///   - saved: a case that shows something.
  ///   - tries: how many smaller cases are tried at most.
  ///   - shows: whether one does so too; never asked about what is no network.
  /// - Returns: the smallest one found.
  package static func shrink(_ saved: SavedCase, tries: Int = 20_000, shows: @escaping (SavedCase) -> Bool) -> SavedCase
  {
    var shrinking = Shrinking(shows: shows, tries: tries, current: saved.saved)
    shrinking.run()
    return (try? SavedCase(shrinking.current)) ?? saved
  }

  private mutating func run() {
    var before = 0
    repeat {
      before = current.size
      for kind in Self.kinds { takeOutThings(kind) }
      takeOutParts()
      settle()
    } while current.size < before && tries > 0
  }

  /// The lists of a network, those first of which one thing takes many others with it.
  private static let kinds = [
    "relay", "router", "endpoint", "segment", "zone", "attachment", "layer", "filter", "membership", "table", "machine",
    "unknownAddress", "unknown",
  ]

  /// Whether a smaller tree is a case and still shows it; then it is the current one.
  private mutating func keeps(_ candidate: SavedValue?) -> Bool {
    guard tries > 0, let candidate, candidate != current else { return false }
    tries -= 1
    guard let read = try? SavedCase(candidate), shows(read) else { return false }
    current = candidate
    return true
  }

  /// Things of one kind, several together as long as that goes.
  private mutating func takeOutThings(_ kind: String) {
    func count(_ value: SavedValue) -> Int {
      if case .list(let things)? = value["network"]?[kind] { things.count } else { 0 }
    }
    var width = max(count(current) / 2, 1)
    while width >= 1 {
      var number = 0
      while number < count(current) {
        let numbers = number..<min(number + width, count(current))
        if !keeps(current.takingOut(kind, numbers)) { number += width }
      }
      width /= 2
    }
  }

  /// Elements of lists and fields that may be left out, wherever they are.
  private mutating func takeOutParts() {
    var index = 0
    while tries > 0 {
      let paths = current.removablePaths
      if index >= paths.count { return }
      if !keeps(current.removing(paths[index])) { index += 1 }
    }
  }

  /// What is unknown becomes known.
  private mutating func settle() {
    var index = 0
    while tries > 0 {
      let paths = current.unknownPaths
      if index >= paths.count { return }
      if keeps(current.replacing(paths[index], by: .flag(true))) { continue }
      if keeps(current.replacing(paths[index], by: .flag(false))) { continue }
      index += 1
    }
  }
}

// MARK: - Edits

extension SavedValue {
  /// The way to a part: the places of elements and fields, from the outside.
  typealias Path = [Int]

  fileprivate var children: [SavedValue] {
    switch self {
    case .list(let elements): elements
    case .record(let fields): fields.map(\.value)
    default: []
    }
  }

  /// Parts that a tree may be without, the outer ones before what is in them. The network's own lists are left to `takingOut`.
  fileprivate var removablePaths: [Path] {
    var result: [Path] = []
    func visit(_ value: SavedValue, _ path: Path, isThings: Bool) {
      for (index, child) in value.children.enumerated() {
        let isNetwork = path.isEmpty && self["network"] == child
        let inner = path + [index]
        if !isThings, !isNetwork, path.count != 1 { result.append(inner) }
        visit(child, inner, isThings: path.count == 1)
      }
    }
    visit(self, [], isThings: false)
    return result
  }

  /// Truths that are not known.
  fileprivate var unknownPaths: [Path] {
    var result: [Path] = []
    func visit(_ value: SavedValue, _ path: Path) {
      if case .reference("unknown", _) = value { result.append(path) }
      for (index, child) in value.children.enumerated() { visit(child, path + [index]) }
    }
    visit(self, [])
    return result
  }

  fileprivate func removing(_ path: Path) -> SavedValue { editing(path[...]) { nil } ?? self }

  fileprivate func replacing(_ path: Path, by value: SavedValue) -> SavedValue { editing(path[...]) { value } ?? self }

  private func editing(_ path: ArraySlice<Int>, _ edit: () -> SavedValue?) -> SavedValue? {
    guard let index = path.first else { return edit() }
    let edited = children[index].editing(path.dropFirst(), edit)
    switch self {
    case .list(var elements):
      if let edited { elements[index] = edited } else { elements.remove(at: index) }
      return .list(elements)
    case .record(var fields):
      if let edited { fields[index].value = edited } else { fields.remove(at: index) }
      return .record(fields)
    default: return self
    }
  }

  /// The tree without some things of a kind, and without what refers to them where the reference is not all that can go.
  ///
  /// `nil`: the case itself cannot be without them.
  func takingOut(_ kind: String, _ numbers: Range<Int>) -> SavedValue? {
    guard case .record(let outer) = self, case .record(let lists)? = self["network"] else { return nil }
    // What must go with them, until nothing more does.
    var gone: [String: Set<Int>] = [kind: Set(numbers)]
    var before = 0
    while before != gone.values.reduce(0, { $0 + $1.count }) {
      before = gone.values.reduce(0) { $0 + $1.count }
      for list in lists {
        for (number, thing) in list.value.children.enumerated()
        where !(gone[list.name]?.contains(number) ?? false) && thing.without(gone) == nil {
          gone[list.name, default: []].insert(number)
        }
      }
    }
    var kept: [Field] = []
    for list in lists {
      let things = list.value.children.enumerated().filter { !(gone[list.name]?.contains($0.offset) ?? false) }
      kept.append(Field(list.name, .list(things.compactMap { $0.element.without(gone) })))
    }
    let fields = outer.compactMap { field -> Field? in
      field.name == "network"
        ? Field("network", .record(kept)) : field.value.without(gone).map { Field(field.name, $0) }
    }
    return .record(fields)
  }

  /// The value without references to what is gone, the others renumbered; `nil` where it cannot be without them.
  private func without(_ gone: [String: Set<Int>]) -> SavedValue? {
    switch self {
    case .reference(let kind, let number):
      guard let gone = gone[kind] else { return self }
      return gone.contains(number) ? nil : .reference(kind, number - gone.count { $0 < number })
    case .list(let elements): return .list(elements.compactMap { $0.without(gone) })
    case .record(let fields):
      var kept: [Field] = []
      for field in fields {
        if let value = field.value.without(gone) {
          kept.append(Field(field.name, value))
        } else if Self.required.contains(field.name) {
          return nil
        }
      }
      return .record(kept)
    default: return self
    }
  }

  /// Fields without which what they belong to is nothing.
  private static let required: Set<String> = [
    "filter", "membership", "segment", "router", "endpoint", "to", "next", "link", "port", "attachment", "farSide",
    "kind",
    "oneToOne", "hide", "inside", "outside", "behind", "from", "zone", "host", "destination", "source", "within",
    "unknown", "implicit", "asked",
  ]
}
