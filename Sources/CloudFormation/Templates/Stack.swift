import AWSNetwork
import Diagnostics
import Documents
import NetworkModel

/// A stack's template with its parameters settled, ready to be evaluated.
final class Stack {
  let input: StackInput
  let root: Node
  /// Where other stacks' exports are found.
  unowned let stacks: StackSet
  private(set) var parameters: [String: TemplateValue] = [:]
  private var conditions: [String: Attribute<Bool>] = [:]
  private var evaluating: Set<String> = []
  private(set) var diagnostics: [Diagnostic] = []
  private var complaints: Set<Complaint> = []
  /// The mappings that were gone through, by where they stand.
  private var entries: [SourceRange: [String: Node]] = [:]

  /// What was said of a place: once is enough.
  private struct Complaint: Hashable {
    var range: SourceRange
    var message: String
  }

  init(_ input: StackInput, in stacks: StackSet) {
    self.input = input
    self.stacks = stacks
    root = input.template.root
    settleParameters()
  }

  var resources: Node.Pairs? { root["Resources"]?.pairs }

  func resource(_ logicalID: String) -> Node? { root["Resources"].flatMap { entry(logicalID, of: $0) } }

  /// What records call a resource of this stack.
  func reference(_ logicalID: String) -> Reference { Reference("\(input.name)/\(logicalID)") }

  /// A value of a mapping of the template. Large ones are gone through once, for they may be asked any number of times.
  func entry(_ key: String, of node: Node) -> Node? {
    if node.count < 16 { return node[key] }
    if let known = entries[node.range] { return known[key] }
    let pairs = node.pairs.compactMap { pair in pair.key.text.map { ($0, pair.value) } }
    let all = Dictionary(pairs) { first, _ in first }
    entries[node.range] = all
    return all[key]
  }

  func complain(_ code: String, _ message: String, _ range: SourceRange, _ label: String, help: String? = nil) {
    guard complaints.insert(Complaint(range: range, message: message)).inserted else { return }
    let diagnostic = Diagnostic(
      code: code, severity: .error, message: message, primary: Diagnostic.Label(range: range, text: label),
      notes: ["read as: unknown; what rests on it is undecided"], help: help)
    diagnostics.append(diagnostic)
  }

  // MARK: Parameters

  private func settleParameters() {
    var given: [String: (values: [String], derivation: Derivation)] = [:]
    for file in input.parameterFiles {
      for (name, values, range) in Self.entries(file.root) {
        given[name] = (values, Derivation([Derivation.Step(.set, range, note: "set here")]))
      }
    }
    for parameter in input.parameters {
      let steps = parameter.range.map { [Derivation.Step(.set, $0, note: "set here")] } ?? []
      given[parameter.name] = (parameter.values, Derivation(steps))
    }
    for pair in root["Parameters"].map({ Array($0.pairs) }) ?? [] {
      guard let name = pair.key.text else { continue }
      let type = pair.value["Type"]?.text ?? "String"
      let definition = Derivation([Derivation.Step(.defined, pair.key.range, note: "the parameter \(name)")])
      if let (values, derivation) = given[name] {
        parameters[name] = value(
          values, type, derivation.steps.isEmpty ? definition : definition.followed(by: derivation))
      } else if let standard = pair.value["Default"] {
        let derivation = Derivation([Derivation.Step(.defined, standard.range, note: "the default of \(name)")])
        parameters[name] = value([standard.text ?? ""], type, derivation)
      } else {
        parameters[name] = .unknown(
          Missing(
            "the parameter \(name) of \(input.name) has no default, and no parameter file gives it",
            derivation: definition))
      }
      if type.hasPrefix("AWS::SSM::Parameter"), given[name] == nil || !type.isEmpty {
        parameters[name] = .unknown(
          Missing("the parameter \(name) is read from a parameter store", derivation: definition))
      }
    }
  }

  private func value(_ values: [String], _ type: String, _ derivation: Derivation) -> TemplateValue {
    guard type == "CommaDelimitedList" || type.hasPrefix("List<") else {
      return .text(values.joined(separator: ","), derivation)
    }
    let items = values.flatMap { $0.split(separator: ",").map { Self.trimmed($0) } }
    return .list(items.map { .text($0, derivation) }, derivation)
  }

  static func trimmed(_ text: some StringProtocol) -> String {
    var view = Substring(text)
    while let first = view.first, first.isWhitespace { view.removeFirst() }
    while let last = view.last, last.isWhitespace { view.removeLast() }
    return String(view)
  }

  /// The three forms of parameter files: the command line's list, the pipeline's mapping, and a plain mapping.
  static func entries(_ root: Node) -> [(name: String, values: [String], range: SourceRange)] {
    func values(_ node: Node) -> [String] {
      node.kind == .sequence ? node.elements.compactMap(\.text) : [node.text ?? ""]
    }
    if root.kind == .sequence {
      return root.elements.compactMap { entry in
        guard let name = entry["ParameterKey"]?.text, let value = entry["ParameterValue"] else { return nil }
        return (name, values(value), value.range)
      }
    }
    let map = root["Parameters"] ?? root
    return map.pairs.compactMap { pair in pair.key.text.map { ($0, values(pair.value), pair.value.range) } }
  }

  // MARK: Conditions

  func condition(_ name: String, at range: SourceRange) -> Attribute<Bool> {
    if let known = conditions[name] { return known }
    guard let node = root["Conditions"].flatMap({ entry(name, of: $0) }) else {
      complain("TP0301", "there is no condition `\(name)`", range, "used here")
      return .unknown(Missing("there is no condition \(name)", derivation: Derivation(range)))
    }
    guard !evaluating.contains(name) else {
      complain("TP0302", "the condition `\(name)` refers to itself", range, "used here")
      return .unknown(Missing("the condition \(name) refers to itself", derivation: Derivation(range)))
    }
    evaluating.insert(name)
    let value = within(node.range, otherwise: { .unknown($0) }) { truth(node) }
    evaluating.remove(name)
    conditions[name] = value
    return value
  }

  /// A condition function's value, three-valued.
  private func truth(_ node: Node) -> Attribute<Bool> {
    let derivation = Derivation([Derivation.Step(.defined, node.range, note: "a condition")])
    guard let call = IntrinsicCall(node) else {
      return evaluate(node).bool
    }
    switch call.name {
    case "Condition": return condition(call.argument.text ?? "", at: node.range)
    case "Fn::Equals":
      let sides = call.argument.elements.map { evaluate($0).text }
      guard sides.count == 2 else { break }
      if let missing = sides[0].missing ?? sides[1].missing { return .unknown(missing) }
      return .known(sides[0].value == sides[1].value, derivation)
    case "Fn::Not":
      guard let only = call.argument.elements.first else { break }
      return within(only.range, otherwise: { .unknown($0) }) { truth(only) }.map { !$0 }
    case "Fn::And", "Fn::Or":
      let values = call.argument.elements.map { side in
        within(side.range, otherwise: { .unknown($0) }) { truth(side) }
      }
      let decisive = call.name == "Fn::Or"
      if values.contains(where: { $0.value == decisive }) { return .known(decisive, derivation) }
      if let missing = values.compactMap(\.missing).first { return .unknown(missing) }
      return .known(!decisive, derivation)
    default: break
    }
    return .unknown(Missing("the condition could not be read", derivation: derivation))
  }
}

/// A function call in a template, in its short (`!Sub`) or long (`Fn::Sub`) form.
struct IntrinsicCall {
  var name: String
  /// What the call is given; for a short form the tagged node itself.
  var argument: Node
  var isShort = false

  init?(_ node: Node) {
    if let tag = node.tag {
      let word = String(tag.dropFirst())
      name = word == "Ref" || word == "Condition" ? word : "Fn::" + word
      argument = node
      isShort = true
      return
    }
    guard node.kind == .mapping, node.count == 1, let pair = node.pairs.first, let key = pair.key.text,
      key == "Ref" || key == "Condition" || key.hasPrefix("Fn::")
    else { return nil }
    name = key
    argument = pair.value
  }
}
