import Diagnostics
import PacketSpace

extension ConnectivityListing {
  /// The listing for people: a block a source, destinations with the same traffic on one line.
  package func text(colour: Bool) -> some Sequence<[UInt8]> {
    let style = TextStyle(isColoured: colour)
    let labels = ends.map { TerminalText.safe(Self.label($0)) }
    let traffic = answers.map { $0.must.isEmpty ? nil : style.dim($0.must.description) }
    let blocks = ends.indices.lazy.map { source in
      var lines: [(answer: Int, destinations: [String])] = []
      var positions: [Int: Int] = [:]
      for entry in entries(source) where traffic[entry.answer] != nil {
        let line = positions[entry.answer] ?? lines.count
        if line == lines.count {
          positions[entry.answer] = line
          lines.append((entry.answer, []))
        }
        lines[line].destinations.append(labels[entry.destination])
      }
      if lines.isEmpty { return [UInt8]() }
      var block = style.bold(labels[source]) + "\n"
      for line in lines {
        block += "  → \(line.destinations.joined(separator: ", "))  \(traffic[line.answer] ?? "")\n"
      }
      return Array(block.utf8)
    }
    let isEmpty = blocks.allSatisfy(\.isEmpty)
    return [
      AnySequence(blocks), AnySequence(isEmpty ? [Array("nothing is answered by anything\n".utf8)] : []),
    ].lazy.joined()
  }

  private static func label(_ peer: Peer) -> String {
    switch peer {
    case .named(let name), .outside(_, name: .some(let name)): name
    case .outside(let set, name: nil): set == .everything ? "everywhere outside" : set.description
    }
  }
}
