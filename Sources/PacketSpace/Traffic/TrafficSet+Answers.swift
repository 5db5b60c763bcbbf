extension TrafficSet {
  /// The headers of the answers to what is in the set: its image under `TrafficPoint.answer`.
  package var answers: TrafficSet { exchanged { ($0.request, $0.answer) } }

  /// What is answered by something in the set: a header is here exactly if it has an answer and that answer is in the set.
  package var requests: TrafficSet { exchanged { ($0.answer, $0.request) } }

  private func exchanged(
    _ direction: ((request: UInt8, answer: UInt8)) -> (from: UInt8, to: UInt8)
  ) -> TrafficSet {
    var result = self
    for (index, proto) in Self.gridded.enumerated() where !grids[index].isEmpty {
      if proto.hasPorts {
        result.grids[index] = grids[index].transposed
        continue
      }
      var grid = Grid()
      for (from, to) in ICMPPairs.of(proto).map(direction).sorted(by: { $0.to < $1.to }) {
        grid.append(PortRange(UInt16(to)), columns: grids[index].columns(at: UInt16(from)))
      }
      result.grids[index] = grid
    }
    return result
  }

  /// What in the set has an answer of its own; what is lost are ICMP types that ask nothing.
  package func onlyAnswerable() -> TrafficSet {
    var result = self
    for (index, proto) in Self.gridded.enumerated() where proto.isICMP {
      let types = PortSet(ICMPPairs.of(proto).map { PortRange(UInt16($0.request)) })
      result.grids[index] = grids[index].intersection(Grid(rows: types, columns: .bytes))
    }
    return result
  }
}
