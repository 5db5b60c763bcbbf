import Documents
import NetworkModel
import PacketSpace

/// A namespace; one that only other objects name has no object of its own.
struct NamespaceObject {
  var name: String
  var labels: [String: String]
  var derivation: Derivation
  /// Whether there is an object; of one that is only referred to no label but its name is known.
  var isSeen: Bool

  /// The label that every namespace has, whether or not its manifest says so.
  static let nameLabel = "kubernetes.io/metadata.name"

  init(name: String, labels: [String: String] = [:], derivation: Derivation = .none, isSeen: Bool = true) {
    self.isSeen = isSeen
    self.name = name
    self.labels = labels
    self.labels[Self.nameLabel] = name
    self.derivation = derivation
  }
}

struct NodeObject {
  var metadata: Metadata
  var addresses: [IPAddress]
}

extension ObjectReader {
  func node(_ object: Field, _ metadata: Metadata) -> NodeObject {
    var addresses: [IPAddress] = []
    for item in items(object.at("status", "addresses")) where string(item["type"]) == "InternalIP" {
      if let address = address(item["address"]) { addresses.append(address) }
    }
    return NodeObject(metadata: metadata, addresses: addresses)
  }
}
