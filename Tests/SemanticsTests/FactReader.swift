import Documents
import SARIF

/// Reads the files of `fixtures/semantics` strictly: a key that is not known is an error.
struct FactReader {
  /// A value and the path to it, for messages.
  private struct Value {
    var node: Node
    var path: String

    func fault(_ expected: String) -> FactFault { FactFault("\(path): expected \(expected)") }

    /// The members of a mapping that has these keys and no others; those that begin with a `!` must be there.
    func members(_ keys: [String]) throws -> [String: Value] {
      guard node.kind == .mapping else { throw fault("a mapping") }
      let known = keys.map { $0.replacing("!", with: "") }
      var result: [String: Value] = [:]
      for pair in node.pairs {
        let key = pair.key.text ?? ""
        guard known.contains(key) else { throw fault("one of \(known.joined(separator: ", ")), not `\(key)`") }
        result[key] = Value(node: pair.value, path: "\(path).\(key)")
      }
      for key in keys where key.hasPrefix("!") && result[String(key.dropFirst())] == nil {
        throw fault("the key \(key.dropFirst())")
      }
      return result
    }

    func elements() throws -> [Value] {
      guard node.kind == .sequence else { throw fault("a list") }
      return node.elements.enumerated().map { Value(node: $1, path: "\(path)[\($0)]") }
    }

    func string() throws -> String {
      guard let text = node.string, !text.isEmpty else { throw fault("a text") }
      return text
    }

    /// One text, or a list of them.
    func strings() throws -> [String] {
      node.kind == .sequence ? try elements().map { try $0.string() } : [try string()]
    }

    func bool() throws -> Bool {
      guard let value = node.bool else { throw fault("true or false") }
      return value
    }

    /// The value as JSON, for loaders of what a vendor's command prints.
    func json() throws -> JSONValue {
      switch node.kind {
      case .null: return .null
      case .bool: return .boolean(try bool())
      case .integer:
        guard let number = node.integer else { throw fault("a number that fits") }
        return .integer(number)
      case .float: throw fault("no number with a fraction")
      case .string: return .string(node.text ?? "")
      case .sequence: return .array(try elements().map { try $0.json() })
      case .mapping:
        return .object(
          try node.pairs.map { pair in
            let key = pair.key.text ?? ""
            return JSONValue.Member(key, try Value(node: pair.value, path: "\(path).\(key)").json())
          })
      }
    }
  }

  /// A file of one fact.
  static func fact(_ root: Node, id: String) throws -> Fact {
    let keys = ["!fact", "!source", "!serves", "!files", "!ask", "gaps", "errors"]
    let members = try Value(node: root, path: id).members(keys)
    return try fact(members, id: id, statement: "fact")
  }

  /// An area's list of what is not modelled.
  static func notModelled(_ root: Node, id: String) throws -> [Fact] {
    let list = try Value(node: root, path: id).members(["!not-modelled"])["not-modelled"]
    return try list?.elements().enumerated().map { number, value in
      let keys = ["!what", "!instead", "!serves", "source", "files", "ask", "gaps", "errors"]
      return try fact(try value.members(keys), id: "\(id)[\(number)]", statement: "what")
    } ?? []
  }

  static func index(_ root: Node) throws -> SemanticsIndex {
    let list = try Value(node: root, path: "index").members(["!areas"])["areas"]
    return SemanticsIndex(
      areas: try list?.elements().map { value in
        let members = try value.members(["!area", "!title", "!points"])
        let points = members["points"].map { points in
          points.node.pairs.map { Value(node: $0.value, path: "\(points.path).\($0.key.text ?? "")") }
        }
        return SemanticsIndex.Area(
          name: try members["area"]?.string() ?? "", title: try members["title"]?.string() ?? "",
          points: try points?.map { (id: String($0.path.split(separator: ".").last ?? ""), text: try $0.string()) }
            ?? [])
      } ?? [])
  }

  private static func fact(_ members: [String: Value], id: String, statement: String) throws -> Fact {
    let source = try members["source"].map { value in
      let source = try value.members(["!title", "section"])
      return Fact.Source(title: try source["title"]?.string() ?? "", section: try source["section"]?.string())
    }
    let files = try members["files"].map { files in
      try files.node.pairs.map { pair in
        let path = pair.key.text ?? ""
        let value = Value(node: pair.value, path: "\(files.path).\(path)")
        return (path: path, text: pair.value.kind == .mapping ? try value.json().text : try value.string())
      }
    }
    let fact = Fact(
      id: id, statement: try members[statement]?.string() ?? "", instead: try members["instead"]?.string(),
      source: source, serves: try members["serves"]?.strings() ?? [], files: files ?? [],
      asks: try members["ask"]?.elements().map { try ask($0) } ?? [], gaps: try members["gaps"]?.strings() ?? [],
      errors: try members["errors"]?.strings() ?? [])
    if fact.files.isEmpty != fact.asks.isEmpty {
      throw FactFault("\(id): a network needs a question, and a question a network")
    }
    return fact
  }

  private static func ask(_ value: Value) throws -> Fact.Ask {
    let members = try value.members(["!query", "!answer", "because", "arrives", "known-wrong"])
    return Fact.Ask(
      line: try members["query"]?.string() ?? "", answer: try members["answer"]?.string() ?? "",
      because: try members["because"]?.strings() ?? [], arrives: try members["arrives"]?.bool(),
      knownWrong: try members["known-wrong"]?.string())
  }
}

/// What is wrong with a file of facts.
struct FactFault: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}
