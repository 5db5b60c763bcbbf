import PacketSpace
import SARIF

extension ConnectivityListing {
  /// The listing as one JSON object, version 1 (docs/formats.md): all traffic, and what only *may* be answered beside what surely is.
  package var json: some Sequence<[UInt8]> {
    let values = ends.map { value($0) }
    let isEmpty = ends.indices.allSatisfy { entries($0).isEmpty }
    let first = ends.indices.first { !entries($0).isEmpty }
    let rows = ends.indices.lazy.map { source in
      var piece = ""
      for (number, entry) in entries(source).enumerated() {
        if source != first || number > 0 { piece += "," }
        let answer = answers[entry.answer]
        let row = JSONValue.members([
          "source": values[source],
          "destination": values[entry.destination],
          "traffic": .string(answer.must.description),
          "mayBe": answer.may == answer.must ? nil : .string(answer.may.description),
        ])
        piece += "\n    " + row.text(atDepth: 2)
      }
      return Array(piece.utf8)
    }
    return [
      AnySequence([Array("{\n  \"version\": 1,\n  \"connections\": [".utf8)]), AnySequence(rows),
      AnySequence([Array((isEmpty ? "]\n}\n" : "\n  ]\n}\n").utf8)]),
    ].lazy.joined()
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
