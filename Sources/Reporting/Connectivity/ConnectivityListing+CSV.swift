import PacketSpace

extension ConnectivityListing {
  /// The table `source,destination,connections`: what is surely answered of TCP, UDP and SCTP on ports 1–65535, sorted.
  package var csv: String {
    var lines: [String] = []
    for row in rows {
      guard let traffic = row.must.portListing else { continue }
      for source in row.source.labels {
        for destination in row.destination.labels {
          lines.append([source, destination, traffic].map(Self.field).joined(separator: ","))
        }
      }
    }
    return (["source,destination,connections"] + lines.sorted()).map { $0 + "\n" }.joined()
  }

  /// RFC 4180, section 2: a field with a comma, a quotation mark or a line break is quoted.
  private static func field(_ text: String) -> String {
    let isPlain = !text.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }
    if isPlain { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
