import AWSNetwork
import NetworkModel

/// What an expression in a template comes to.
indirect enum TemplateValue {
  /// A scalar's words.
  case text(String, Derivation)
  case list([TemplateValue], Derivation)
  case map([(key: String, value: TemplateValue)], Derivation)
  /// A resource, by what records call it.
  case resource(Reference, Derivation)
  case unknown(Missing)
  /// `AWS::NoValue`, or a property that is not there.
  case nothing

  var derivation: Derivation {
    switch self {
    case .text(_, let derivation), .list(_, let derivation), .map(_, let derivation), .resource(_, let derivation):
      derivation
    case .unknown(let missing): missing.derivation
    case .nothing: .none
    }
  }

  /// The same value, used at another place: that place first, then what led there.
  func used(at derivation: Derivation) -> TemplateValue {
    switch self {
    case .text(let text, let own): .text(text, derivation.followed(by: own))
    case .list(let list, let own): .list(list.map { $0.used(at: derivation) }, derivation.followed(by: own))
    case .map(let map, let own): .map(map, derivation.followed(by: own))
    case .resource(let reference, let own): .resource(reference, derivation.followed(by: own))
    case .unknown(let missing):
      .unknown(Missing(missing.reason, derivation: derivation.followed(by: missing.derivation)))
    case .nothing: .nothing
    }
  }

  subscript(key: String) -> TemplateValue {
    switch self {
    case .map(let pairs, _): pairs.first { $0.key == key }?.value ?? .nothing
    case .unknown: self
    default: .nothing
    }
  }

  /// The elements of a list; a single value stands for a list of one, as CloudFormation takes it.
  var elements: [TemplateValue] {
    switch self {
    case .list(let list, _):
      list.filter { if case .nothing = $0 { false } else { true } }
    case .nothing: []
    default: [self]
    }
  }

  var isNothing: Bool {
    if case .nothing = self { true } else { false }
  }

  // MARK: Attributes

  var text: Attribute<String> {
    switch self {
    case .text(let text, let derivation): .known(text, derivation)
    case .resource(let reference, let derivation):
      .unknown(Missing("\(reference) has no value before it is deployed", derivation: derivation))
    case .unknown(let missing): .unknown(missing)
    case .list(_, let derivation), .map(_, let derivation):
      .unknown(Missing("a single value was expected", derivation: derivation))
    case .nothing: .absent
    }
  }

  /// What it refers to: a resource of the templates, or an id given as text.
  var reference: Attribute<Reference> {
    switch self {
    case .resource(let reference, let derivation): .known(reference, derivation)
    case .text(let text, let derivation): text.isEmpty ? .absent : .known(Reference(text), derivation)
    case .unknown(let missing): .unknown(missing)
    case .list(let list, let derivation):
      list.count == 1 ? list[0].reference : .unknown(Missing("one resource was expected", derivation: derivation))
    case .map(_, let derivation): .unknown(Missing("a resource was expected", derivation: derivation))
    case .nothing: .absent
    }
  }

  var integer: Attribute<Int> { text.map(otherwise: "a number was expected") { Int($0) } }

  var bool: Attribute<Bool> {
    text.map(otherwise: "true or false was expected") {
      switch $0.lowercased() {
      case "true", "yes", "1", "on": true
      case "false", "no", "0", "off": false
      default: nil
      }
    }
  }
}
