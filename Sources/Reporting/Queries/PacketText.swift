import NetworkModel
import PacketSpace

extension Packet {
  /// `8.8.8.8:50000 → 203.0.113.17:5432, tcp`.
  var text: String {
    let proto = traffic.protocol
    guard proto.hasPorts else { return "\(source) → \(destination), \(traffic)" }
    func end(_ address: PacketAddress, _ port: UInt16) -> String {
      address.family == .v6 ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
    return "\(end(source, traffic.sourcePort)) → \(end(destination, traffic.destinationPort)), \(proto)"
  }
}
