/// A label selector: all requirements must hold. Without any it selects everything.
///
/// Written in a canonical order, so that selectors which say the same are equal.
struct LabelSelector: Hashable {
  struct Requirement: Hashable {
    enum Operator: String, Hashable {
      case `in` = "In"
      /// True also where the key is absent.
      case notIn = "NotIn"
      case exists = "Exists"
      case doesNotExist = "DoesNotExist"
    }

    var key: String
    var `operator`: Operator
    /// In order, each once.
    var values: [String]

    func holds(_ labels: [String: String]) -> Bool {
      let value = labels[key]
      switch `operator` {
      case .in: return value.map(isListed) ?? false
      case .notIn: return value.map { !isListed($0) } ?? true
      case .exists: return value != nil
      case .doesNotExist: return value == nil
      }
    }

    private func isListed(_ value: String) -> Bool {
      var (low, high) = (0, values.count)
      while low < high {
        let middle = (low + high) / 2
        if values[middle] == value { return true }
        if values[middle] < value { low = middle + 1 } else { high = middle }
      }
      return false
    }

    /// For ordering, and for keys of memberships.
    var text: String {
      switch `operator` {
      case .in where values.count == 1: "\(key)=\(values[0])"
      case .in: "\(key) in (\(values.joined(separator: ",")))"
      case .notIn: "\(key) notin (\(values.joined(separator: ",")))"
      case .exists: key
      case .doesNotExist: "!\(key)"
      }
    }
  }

  private(set) var requirements: [Requirement]

  init(_ requirements: [Requirement]) {
    self.requirements = Array(Set(requirements)).sorted { $0.text < $1.text }
  }

  static let everything = LabelSelector([])

  var isEverything: Bool { requirements.isEmpty }

  func matches(_ labels: [String: String]) -> Bool { requirements.allSatisfy { $0.holds(labels) } }

  /// The selector without the requirements of keys that are not among these.
  func only(_ keys: Set<String>) -> LabelSelector { LabelSelector(requirements.filter { keys.contains($0.key) }) }

  /// As `kubectl --selector` has it; the empty selector is empty.
  var text: String { requirements.map(\.text).joined(separator: ",") }
}
