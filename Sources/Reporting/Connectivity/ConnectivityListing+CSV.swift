import PacketSpace

extension ConnectivityListing {
  /// The table `source,destination,connections`: what is surely answered of TCP, UDP and SCTP on ports 1–65535, sorted; a piece a source.
  package var csv: some Sequence<[UInt8]> {
    let labels = Labels(ends)
    let traffic = answers.map { answer in answer.must.portListing.map { Array(Self.field($0).utf8) } }
    // Of equal pairs the texts of the traffic are in order.
    let ranks = Self.ranks(traffic)
    let header = [Array("source,destination,connections\n".utf8)]
    return [
      AnySequence(header),
      AnySequence(
        labels.indices.lazy.map { source in
          var rows: [(destination: Int, answer: Int)] = []
          for end in labels.ends(at: source) {
            for entry in entries(end) where traffic[entry.answer] != nil {
              for destination in labels.ofEnd(entry.destination) { rows.append((destination, entry.answer)) }
            }
          }
          rows.sort { ($0.destination, ranks[$0.answer]) < ($1.destination, ranks[$1.answer]) }
          var piece: [UInt8] = []
          for row in rows {
            piece += labels.bytes(at: source)
            piece += labels.bytes(at: row.destination)
            piece += traffic[row.answer] ?? []
            piece.append(UInt8(ascii: "\n"))
          }
          return piece
        }),
    ].lazy.joined()
  }

  /// RFC 4180, section 2: a field with a comma, a quotation mark or a line break is quoted.
  fileprivate static func field(_ text: String) -> String {
    let isPlain = !text.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }
    if isPlain { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  private static func ranks(_ texts: [[UInt8]?]) -> [Int] {
    var ranks = [Int](repeating: 0, count: texts.count)
    let order = texts.indices.sorted { (texts[$0] ?? []).lexicographicallyPrecedes(texts[$1] ?? []) }
    for (rank, index) in order.enumerated() { ranks[index] = rank }
    return ranks
  }

  /// The texts of all ends in the order in which lines that begin with them are sorted.
  private struct Labels: Sendable {
    private let sorted: [(bytes: [UInt8], ends: [Int])]
    private let positions: [[Int]]

    init(_ ends: [Peer]) {
      var bearers: [[UInt8]: [Int]] = [:]
      for (number, end) in ends.enumerated() {
        for label in end.labels { bearers[Array((field(label) + ",").utf8), default: []].append(number) }
      }
      let sorted = bearers.map { (bytes: $0.key, ends: $0.value) }.sorted {
        $0.bytes.lexicographicallyPrecedes($1.bytes)
      }
      var positions = [[Int]](repeating: [], count: ends.count)
      for (position, label) in sorted.enumerated() {
        for end in label.ends { positions[end].append(position) }
      }
      self.sorted = sorted
      self.positions = positions
    }

    var indices: Range<Int> { sorted.indices }

    /// The field with its comma.
    func bytes(at position: Int) -> [UInt8] { sorted[position].bytes }

    func ends(at position: Int) -> [Int] { sorted[position].ends }

    func ofEnd(_ end: Int) -> [Int] { positions[end] }
  }
}
