import Diagnostics
import PacketSpace

extension ConnectivityListing {
  /// The listing for people: a block a source, destinations with the same traffic on one line.
  package func text(colour: Bool) -> String {
    let style = TextStyle(isColoured: colour)
    var blocks: [(source: String, lines: [(traffic: String, destinations: [String])])] = []
    for row in rows where !row.must.isEmpty {
      let source = Self.label(row.source)
      if blocks.last?.source != source { blocks.append((source, [])) }
      let block = blocks.count - 1
      let traffic = row.must.description
      if let line = blocks[block].lines.firstIndex(where: { $0.traffic == traffic }) {
        blocks[block].lines[line].destinations.append(Self.label(row.destination))
      } else {
        blocks[block].lines.append((traffic, [Self.label(row.destination)]))
      }
    }
    var text = ""
    for block in blocks {
      text += style.bold(TerminalText.safe(block.source)) + "\n"
      for line in block.lines {
        text += "  → " + TerminalText.safe(line.destinations.joined(separator: ", "))
        text += "  " + style.dim(line.traffic) + "\n"
      }
    }
    if text.isEmpty { text = "nothing is answered by anything\n" }
    return text
  }

  private static func label(_ peer: Peer) -> String {
    switch peer {
    case .named(let name), .outside(_, name: .some(let name)): name
    case .outside(let set, name: nil): set == .everything ? "everywhere outside" : set.description
    }
  }
}
