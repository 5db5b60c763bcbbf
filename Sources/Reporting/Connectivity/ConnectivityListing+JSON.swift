import PacketSpace
import SARIF

extension ConnectivityListing {
  /// The listing as one JSON object, version 1 (docs/formats.md): all traffic, and what only *may* be answered beside what surely is.
  package var json: String {
    let connections = rows.map { row in
      JSONValue.members([
        "source": value(row.source),
        "destination": value(row.destination),
        "traffic": .string(row.must.description),
        "mayBe": row.may == row.must ? nil : .string(row.may.description),
      ])
    }
    return JSONValue.members(["version": .integer(1), "connections": .array(connections)]).text
  }

  private func value(_ peer: Peer) -> JSONValue {
    switch peer {
    case .named(let name): .members(["name": .string(name)])
    case .outside(let set, let name):
      .members([
        "name": name.map { .string($0) },
        "addresses": name == nil ? .array(set.ranges.map { .string("\($0.lower)-\($0.upper)") }) : nil,
      ])
    }
  }
}
