import NetworkModel
import PacketSpace

/// One completion of the network: what is unknown by cases, settled as the walk asks for it.
///
/// An unknown address is not enumerated: the set in which it lies is cut in two whenever a test of the walk divides it, and both parts
/// are tried.
struct Completion {
  /// A decision that stays as it was taken for the rest of the walk.
  enum Key: Hashable {
    case placement(EndpointID, isSecond: Bool)
    case exists(EndpointID)
    case hashedPort(AttachmentID)
    case routePresent(RouteTableID, Int)
    case routeNext(RouteTableID, Int)
    case translationPresent(AttachmentID, Int)
    case listenerPresent(RelayID, Int)
    case targetPresent(RelayID, Int, Int)
    case clientKept(RelayID, Int, Int)
    case targetUnseen(RelayID, Int)
    case clientKeptUnseen(RelayID, Int)
    case portUnseen(RelayID, Int)
  }

  let network: Network
  private(set) var script: ChoiceScript
  private var settled: [Key: Int] = [:]
  private var within: [UnknownAddressID: AddressSet] = [:]
  /// Unknowns behind the decisions that were taken.
  private(set) var unknownsChosen: Set<UnknownID> = []
  /// Unknown values met since it was last emptied (layers, section 6).
  var unknownsMet: Set<UnknownID> = []

  init(_ network: Network, script: ChoiceScript) {
    self.network = network
    self.script = script
  }

  /// Takes a decision; one that has a key is taken once.
  mutating func choose(
    of options: Int, _ quantifier: ChoiceScript.Quantifier = .every, key: Key? = nil, unknown: UnknownID? = nil
  ) -> Int {
    guard options > 1 else { return 0 }
    if let key, let taken = settled[key] { return taken }
    let taken = script.choose(of: options, quantifier)
    if let key { settled[key] = taken }
    if let unknown { unknownsChosen.insert(unknown) }
    return taken
  }

  /// Takes a decision that something else settles.
  mutating func fix(_ key: Key, at taken: Int) { settled[key] = taken }

  /// Whether a statement that is to be settled for the whole walk holds.
  mutating func settle(_ truth: Truth, key: Key) -> Bool {
    switch truth {
    case .yes: true
    case .no: false
    case .unknown(let id): choose(of: 2, key: key, unknown: id) == 0
    }
  }

  /// Whether the set holds the address, both answers being tried where its place is not known.
  mutating func holds(_ set: AddressSet, _ address: PacketAddress) -> Bool {
    guard let unknown = address.unknown else { return set.contains(address.number) }
    let place = whereabouts(unknown)
    let inside = place.intersection(set)
    let outside = place.subtracting(set)
    if inside.isEmpty { return false }
    if outside.isEmpty { return true }
    let isInside = choose(of: 2, unknown: record(unknown).unknown) == 0
    within[unknown] = isInside ? inside : outside
    return isInside
  }

  mutating func holds(_ prefix: IPPrefix, _ address: PacketAddress) -> Bool {
    address.unknown == nil ? prefix.contains(address.number) : holds(AddressSet(prefix), address)
  }

  /// The address with a number that is right in this completion.
  func settled(_ address: PacketAddress) -> PacketAddress {
    guard let unknown = address.unknown, let number = whereabouts(unknown).first else { return address }
    return PacketAddress(number, unknown: original(unknown))
  }

  private func whereabouts(_ unknown: UnknownAddressID) -> AddressSet { within[unknown] ?? record(unknown).within }
}

// MARK: - A second one alike

// An endpoint that stands for several is asked against a second one like itself, whose unknown address is another than that of the
// first. It is told apart by a number behind those of the network.
extension Completion {
  /// The unknown address of the second endpoint alike.
  func second(_ unknown: UnknownAddressID) -> UnknownAddressID {
    UnknownAddressID(original(unknown).offset + network.unknownAddresses.count)
  }

  private func original(_ unknown: UnknownAddressID) -> UnknownAddressID {
    UnknownAddressID(unknown.offset % network.unknownAddresses.count)
  }

  private func record(_ unknown: UnknownAddressID) -> UnknownAddress { network[original(unknown)] }

  /// An address that something holds, as a packet bears it: the first of a prefix.
  func address(_ held: HeldAddress, ofSecond isSecond: Bool = false) -> PacketAddress? {
    switch held {
    case .prefix(let prefix): return PacketAddress(prefix.first)
    case .unknown(let id):
      guard let number = network[id].within.first else { return nil }
      return PacketAddress(number, unknown: isSecond ? second(id) : id)
    }
  }

  /// How particular the held address is that holds the packet's address, `nil` if it does not; a number that an unknown address might
  /// have is not held by it.
  func particularity(_ held: HeldAddress, ofSecond isSecond: Bool = false, holding address: PacketAddress) -> Int? {
    switch held {
    case .prefix(let prefix): address.unknown == nil && prefix.contains(address.number) ? prefix.length : nil
    case .unknown(let id): address.unknown == (isSecond ? second(id) : id) ? IPFamily.v6.bitWidth + 1 : nil
    }
  }
}
