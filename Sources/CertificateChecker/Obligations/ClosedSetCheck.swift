import Certificates
import NetworkModel
import PacketSpace

/// Whether a closed set is one: it holds every source and no target, and no connection leaves it.
///
/// Every source is walked to every target, and to every listener of a relay that is not in the set; every listener in the set to the targets
/// that its relay opens connections to. Where nothing may arrive on any of these walks, no path from a source to a target exists: its first
/// step out of the set would be one of them.
struct ClosedSetCheck {
  let ground: CheckGround
  let names: Names
  let ends: AskedEnds
  let claim: Certificate.ClosedSet
  /// Traffic as it arrives, and as it leaves the sources.
  let wanted: TrafficSet
  let entering: TrafficSet?
  let isPath: Bool
  /// Whether between endpoints what all of the internet may send there too is no matter.
  let leavesOutInternet: Bool

  private var terrain: Terrain { ground.whole }
  private var network: Network { terrain.network }

  /// A listener at one of its relay's interfaces.
  struct Member: Hashable {
    var relay: RelayID
    var interface: EndpointID
    var number: Int
  }

  func faults() -> Faults {
    var faults = ends.faults(claim, names)
    let leftOut = leftOut(&faults)
    let members = members(&faults)
    for source in ends.sources {
      for target in ends.targets where AskedEnds.areAsked(source.place, target.place, network) {
        walk(source.place, target.place, leftOut, &faults)
      }
    }
    if isPath { walkRelays(members, leftOut, &faults) }
    return faults
  }

  // MARK: What the set says

  /// The listeners of relays that the set holds.
  private func members(_ faults: inout Faults) -> [Member] {
    var members: [Member] = []
    for listener in claim.reached {
      guard let relay = names.keys.relays[listener.relay], let interface = names.keys.endpoints[listener.interface],
        network[relay].interfaces.contains(interface),
        network[relay].listeners.indices.contains(listener.number),
        network[relay].listeners[listener.number].traffic == listener.traffic
      else {
        faults.add(
          "the closed set names listener \(listener.number) (\(listener.traffic)) of \(listener.relay) at \(listener.interface), and there is none"
        )
        continue
      }
      let member = Member(relay: relay, interface: interface, number: listener.number)
      if members.contains(member) { faults.add("the closed set names \(words(member)) twice") }
      members.append(member)
    }
    if !isPath, !claim.reached.isEmpty { faults.add("a single connection has no closed set of relays") }
    return members
  }

  private func words(_ member: Member) -> String {
    let listener = network[member.relay].listeners[member.number]
    return "the listener \(listener.traffic) of \(names.name(member.interface))"
  }

  // MARK: Walks

  private func walk(_ source: Sender, _ target: Receiver, _ leftOut: LeftOut, _ faults: inout Faults) {
    for terrain in ground.terrains(source, target) {
      let found = terrain.arrival(
        from: source, at: target, leftOut.rest(of: wanted, from: source, at: target), sent: entering)
      add(found, "\(names.name(source)) to \(names.name(target)), a target", &faults)
    }
  }

  private func add(_ arrival: Arrival?, _ way: String, _ faults: inout Faults) {
    guard let arrival else { return }
    if arrival.isUnclear {
      faults.addUnclear("too many cases to try them all: \(way) (\(names.text(arrival)))")
    } else {
      faults.add("a packet may get from \(way): \(names.text(arrival))")
    }
  }

  /// The listeners that end connections and open others.
  private var listeners: [Member] {
    network.relays.enumerated().filter { $0.element.place == .interface }.flatMap { number, relay in
      relay.interfaces.flatMap { interface in
        relay.listeners.indices.filter { opensConnections(relay.listeners[$0]) }.map {
          Member(relay: RelayID(number), interface: interface, number: $0)
        }
      }
    }
  }

  private func opensConnections(_ listener: Relay.Listener) -> Bool {
    guard listener.present != .no else { return false }
    return listener.targetsOpen != nil
      || listener.targets.contains { $0.present != .no && $0.keepsClient != .yes }
  }

  private func walkRelays(_ members: [Member], _ leftOut: LeftOut, _ faults: inout Faults) {
    let inside = Set(members)
    let all = listeners
    for member in members where !all.contains(member) {
      faults.add("the closed set holds \(words(member)), which opens no connections")
    }
    for outside in all where !inside.contains(outside) {
      for source in ends.sources {
        guard let found = fromSource(source.place, outside, leftOut) else { continue }
        add(found, "\(names.name(source.place)) to \(words(outside)), which is outside the closed set", &faults)
        break
      }
      for member in members {
        guard let found = onward(from: member, to: outside) else { continue }
        add(found, "\(words(member)) to \(words(outside)), which is outside the closed set", &faults)
        break
      }
    }
    for member in members {
      for target in ends.targets {
        guard target.place.endpoint != member.interface else { continue }
        let opened = terrain.opened(by: listener(member), to: target.place).intersection(wanted)
        let found = terrain.arrival(from: .endpoint(member.interface, within: nil), at: target.place, opened)
        add(found, "\(words(member)) to \(names.name(target.place)), a target", &faults)
      }
    }
    // The set is said to be what the sources may reach, and no more.
    for (place, member) in members.enumerated() {
      let isReached =
        ends.sources.contains { fromSource($0.place, member, leftOut) != nil }
        || members[..<place].contains { onward(from: $0, to: member) != nil }
      if !isReached { faults.add("the closed set holds \(words(member)), which none of the sources may reach") }
    }
  }

  private func listener(_ member: Member) -> Relay.Listener { network[member.relay].listeners[member.number] }

  private func fromSource(_ source: Sender, _ member: Member, _ leftOut: LeftOut) -> Arrival? {
    if let own = source.endpoint, own == member.interface, !network[own].standsForMany { return nil }
    let receiver = Receiver.endpoint(member.interface)
    return terrain.arrival(
      from: source, at: receiver, leftOut.rest(of: listener(member).traffic, from: source, at: receiver),
      sent: entering, answered: true)
  }

  private func onward(from member: Member, to other: Member) -> Arrival? {
    if member.interface == other.interface { return nil }
    let opened = terrain.opened(by: listener(member), to: .endpoint(other.interface))
    return terrain.arrival(
      from: .endpoint(member.interface, within: nil), at: .endpoint(other.interface),
      opened.intersection(listener(other).traffic), answered: true)
  }

  // MARK: What is left out

  /// Traffic to endpoints that is no matter if it comes from an endpoint.
  struct LeftOut {
    var traffic: [EndpointID: TrafficSet] = [:]

    func rest(of wanted: TrafficSet, from sender: Sender, at receiver: Receiver) -> TrafficSet {
      guard sender.endpoint != nil, let end = receiver.endpoint, let left = traffic[end] else { return wanted }
      return wanted.subtracting(left)
    }
  }

  /// What the certificate leaves out between endpoints: it has to be exactly what all of the internet surely sends there, and something that
  /// would get there otherwise.
  private func leftOut(_ faults: inout Faults) -> LeftOut {
    var result = LeftOut()
    for item in claim.leftOut {
      guard leavesOutInternet, let end = names.keys.endpoints[item.at], result.traffic[end] == nil else {
        faults.add("traffic to \(item.at) is left out, and cannot be")
        continue
      }
      let differing = terrain.boundaries.headers(in: .any).first {
        item.traffic.contains($0) != terrain.allOfInternetSends($0, to: end)
      }
      if let differing {
        faults.add(
          item.traffic.contains(differing)
            ? "\(differing) to \(names.name(end)) is left out, and not all of the internet surely sends it there"
            : "all of the internet sends \(differing) to \(names.name(end)), and what is left out is not all of that")
        continue
      }
      let listened = listeners.filter { isPath && $0.interface == end }.map { listener($0).traffic }
      let asked = ends.targets.contains { $0.place == .endpoint(end) } ? [wanted] : []
      let mattering = (listened + asked).reduce(TrafficSet.none) { $0.union($1) }.intersection(item.traffic)
      let matters = ends.sources.contains { source in
        source.place.endpoint != nil && source.place.endpoint != end
          && terrain.arrival(from: source.place, at: .endpoint(end), mattering) != nil
      }
      if !matters { faults.add("\(item.traffic) to \(names.name(end)) is left out, and none of the sources sends it") }
      result.traffic[end] = item.traffic
    }
    return result
  }
}

extension Certificate.End {
  var words: String {
    let part = addresses.map { " (\($0))" } ?? ""
    return "\(kind.rawValue) \(key)\(part)\(isSure ? "" : ", perhaps")"
  }
}
