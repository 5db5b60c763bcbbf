extension TrafficSet {
  /// Traffic as connectivity tables write it: TCP, UDP and SCTP on ports 1–65535, `All Connections` where that is everything, `nil` where
  /// nothing of it is left.
  package var portListing: String? {
    let every = PortSet(PortRange(lower: 1, upper: .max))
    var items: [String] = []
    var isEverything = true
    for (name, proto) in [("SCTP", IPProtocol.sctp), ("TCP", .tcp), ("UDP", .udp)] {
      let ports = destinationPorts(of: proto).intersection(every)
      if ports != every { isEverything = false }
      if !ports.isEmpty { items.append("\(name) \(ports.description)") }
    }
    if isEverything { return "All Connections" }
    return items.isEmpty ? nil : items.joined(separator: ",")
  }
}
