import PacketSpace
import SARIF

extension Certificate {
  /// The file: the same bytes for the same certificate, with the digest of everything else in it.
  package var text: String { json(digest: contentDigest).text }

  /// SHA-256 of the file as it would be without its digest.
  package var contentDigest: String { SHA256.digest(of: Array(json(digest: nil).line.utf8)) }

  private func json(digest: String?) -> JSONValue {
    .members([
      "format": .string(Self.format), "version": .integer(Self.version), "semantics": .integer(Self.semantics),
      "tool": .string(tool), "digest": digest.map { .string($0) }, "options": options.json,
      "inputs": .array(inputs.map(\.json)), "assumptions": .strings(assumptions), "gaps": .strings(gaps),
      "rules": .array(rules.map(\.json)),
    ])
  }
}

extension JSONValue {
  fileprivate static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  fileprivate static func someStrings(_ texts: [String]) -> JSONValue? { .nonEmpty(texts.map { .string($0) }) }
}

extension Certificate.Options {
  fileprivate var json: JSONValue {
    .members([
      "strict": .boolean(isStrict), "ip-blocks": ipBlocks.map { .string($0) }, "external": .string(external),
    ])
  }
}

extension Certificate.Input {
  fileprivate var json: JSONValue {
    .members(["path": .string(path), "kind": .string(kind.rawValue), "sha256": .string(digest)])
  }
}

extension Certificate.Rule {
  fileprivate var json: JSONValue {
    .members(["id": .string(id), "properties": .array(properties.map(\.json))])
  }
}

extension Certificate.Property {
  fileprivate var json: JSONValue {
    .members([
      "line": .string(line), "verdict": .string(verdict.rawValue),
      "proofs": .nonEmpty(evidence.proofs.map(\.json)), "subjects": .someStrings(evidence.subjects),
      "cut": .nonEmpty(evidence.cut.map(\.json)), "violations": .nonEmpty(evidence.violations.map(\.json)),
      "assumptions": .someStrings(assumptions), "unknowns": .someStrings(unknowns),
    ])
  }
}

extension Certificate.ClosedSet {
  fileprivate var json: JSONValue {
    .members([
      "sources": .array(sources.map(\.json)), "targets": .array(targets.map(\.json)),
      "waypoints": .someStrings(waypoints), "reached": .nonEmpty(reached.map(\.json)),
      "leftOut": .nonEmpty(leftOut.map(\.json)),
    ])
  }
}

extension Certificate.End {
  fileprivate var json: JSONValue {
    .members([
      "kind": .string(kind.rawValue), "key": .string(key),
      "addresses": addresses.map { .strings($0.ranges.map(\.description)) }, "sure": .boolean(isSure),
    ])
  }
}

extension Certificate.Listener {
  fileprivate var json: JSONValue {
    .members([
      "relay": .string(relay), "interface": .string(interface), "listener": .integer(number),
      "traffic": .string(traffic.description),
    ])
  }
}

extension Certificate.LeftOut {
  fileprivate var json: JSONValue { .members(["at": .string(at), "traffic": .string(traffic.description)]) }
}

extension Certificate.CutMember {
  fileprivate var json: JSONValue { .members(["title": .string(title), "place": place.map { .string($0) }]) }
}

extension Certificate.Violation {
  fileprivate var json: JSONValue {
    .members([
      "source": .string(source), "target": .string(target), "missing": missing.map { .string($0.description) },
      "legs": .nonEmpty(legs.map(\.json)),
    ])
  }
}

extension Certificate.Leg {
  fileprivate var json: JSONValue {
    .members([
      "from": origin.json, "source": source.json, "destination": destination.json,
      "header": .string(header.description), "to": asked.json, "placement": placement.map { .integer($0) },
      "target": target.map { .string($0) }, "relay": relay?.json,
    ])
  }
}

extension Certificate.Leg.Origin {
  fileprivate var json: JSONValue {
    switch self {
    case .endpoint(let key, let placement):
      .members(["endpoint": .string(key), "placement": .integer(placement)])
    case .zone(let key, let attachment): .members(["zone": .string(key), "by": .string(attachment)])
    case .host(let segment): .members(["host": .string(segment)])
    }
  }
}

extension Certificate.Leg.Asked {
  fileprivate var json: JSONValue {
    switch self {
    case .endpoint(let key): .members(["endpoint": .string(key)])
    case .zone(let key): .members(["zone": .string(key)])
    case .anybody: .members([:])
    }
  }
}

extension Certificate.Address {
  fileprivate var json: JSONValue {
    .members(["number": .string(number.description), "unknown": unknown.map { .integer($0) }])
  }
}

extension Certificate.Turn {
  fileprivate var json: JSONValue {
    .members(["relay": .string(relay), "listener": .integer(listener), "target": .integer(target)])
  }
}
