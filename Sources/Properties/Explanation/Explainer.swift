import Diagnostics
import NetworkModel
import PacketSpace
import ReferenceInterpreter

/// Puts hops and blockers into words, with the names that people know and the places that decide.
struct Explainer {
  let network: Network

  func name(_ endpoint: EndpointID) -> String { network[endpoint].identity.name }

  func end(_ endpoint: EndpointID) -> NamedEnd {
    let thing = network[endpoint]
    return NamedEnd(key: thing.host, name: thing.identity.name, kind: thing.kind)
  }

  func end(_ zone: ZoneID, region: AddressSet?) -> NamedEnd {
    NamedEnd(key: network[zone].identity.key, name: network[zone].identity.name, kind: "zone", region: region)
  }

  // MARK: Hops

  func explain(_ hop: Hop) -> ExplainedHop? {
    let title = title(hop.place)
    func made(_ detail: String, _ derivation: Derivation) -> ExplainedHop {
      // What no file states stands at the thing that brings it: a gateway has a route to its network.
      let place = derivation.steps.isEmpty ? self.derivation(hop.place) : derivation
      return ExplainedHop(half: hop.half, title: title, detail: detail, derivation: place)
    }
    switch hop.decision {
    case .sent: return nil
    case .rule(let direction, let filter, let index):
      let thing = network[filter]
      guard let rules = thing.rules(direction)?.rules, rules.indices.contains(index) else {
        return made("\(thing.kind) \(thing.identity.name)", thing.derivation)
      }
      let rule = rules[index]
      let verb = direction == .ingress ? "admits it" : "lets it out"
      let label = rule.label.isEmpty ? "" : ", \(rule.label)"
      let derivation = rule.derivation.steps.isEmpty ? thing.derivation : rule.derivation
      return made("\(thing.kind) \(thing.identity.name) \(verb)\(label)", derivation)
    case .layerDefault(_, let layer):
      return made("\(network[layer].identity.name): nothing selects it", .none)
    case .route(let table, let index):
      let route = network[table].routes[index]
      let derivation = route.derivation.steps.isEmpty ? network[table].derivation : route.derivation
      return made("route \(route.prefix) → \(nextHop(route.next))", derivation)
    case .translation(let attachment, let index):
      guard let translations = network[attachment].translations, translations.indices.contains(index) else {
        return nil
      }
      return made(describe(translations[index].kind), translations[index].derivation)
    case .listener(let relay, let listener, let target):
      return self.relay(relay, listener, target, half: hop.half)
    case .entered(let attachment):
      return made("enters by \(network[network[attachment].router].identity.name)", network[attachment].derivation)
    case .delivered: return made("reached", derivation(hop.place))
    }
  }

  func relay(_ relay: RelayID, _ listener: Int, _ target: Int, half: Half = .request) -> ExplainedHop {
    let thing = network[relay]
    let entry = thing.listeners[listener]
    let goal: String
    let derivation: Derivation
    if entry.targets.indices.contains(target) {
      let destination = entry.targets[target]
      switch destination.destination {
      case .endpoint(let endpoint): goal = name(endpoint)
      case .relay(let inner): goal = network[inner].identity.name
      }
      derivation = destination.derivation.followed(by: entry.derivation)
    } else {
      goal = "a target"
      derivation = entry.derivation
    }
    return ExplainedHop(
      half: half, title: thing.identity.name, detail: "listener \(entry.label) forwards to \(goal)",
      derivation: derivation)
  }

  private func nextHop(_ hop: RouteTable.NextHop) -> String {
    switch hop {
    case .drop: "nowhere"
    case .local: "local"
    case .link(let attachment), .port(let attachment): network[attachment].identity.name
    case .unknown: "a target that is not known"
    }
  }

  private func describe(_ kind: Translation.Kind) -> String {
    switch kind {
    case .oneToOne(let inside, let outside): "\(describe(outside)) stands for \(describe(inside))"
    case .keep(let prefix): "\(prefix) passes unchanged"
    case .hide(_, let address): "leaves as \(describe(address))"
    }
  }

  private func describe(_ held: HeldAddress) -> String {
    switch held {
    case .prefix(let prefix): prefix.isHost ? prefix.first.description : prefix.description
    case .unknown(let id):
      network[id].within.overlaps(.privateSpace) ? "its private address" : "its public address"
    }
  }

  func title(_ place: Place) -> String {
    switch place {
    case .segment(let id): "subnet \(network[id].identity.name)"
    case .endpoint(let id): name(id)
    case .router(let id): network[id].identity.name
    case .attachment(let id): network[id].identity.name
    case .relay(let id): network[id].identity.name
    case .zone(let id): network[id].identity.name
    case .host(let id): "a host in \(network[id].identity.name)"
    }
  }

  func derivation(_ place: Place) -> Derivation {
    switch place {
    case .segment(let id), .host(let id): network[id].derivation
    case .endpoint(let id): network[id].derivation
    case .router(let id): network[id].derivation
    case .attachment(let id):
      network[id].derivation.steps.isEmpty ? network[network[id].router].derivation : network[id].derivation
    case .relay(let id): network[id].derivation
    case .zone(let id): network[id].derivation
    }
  }

  // MARK: Blockers

  func explain(_ blocker: Blocker) -> ExplainedBlocker {
    let title = title(blocker.place)
    let place = derivation(blocker.place)
    func made(_ code: String, _ detail: String, _ derivation: Derivation? = nil) -> ExplainedBlocker {
      ExplainedBlocker(half: blocker.half, title: title, detail: detail, code: code, derivation: derivation ?? place)
    }
    switch blocker.reason {
    case .boundary(let direction, let filter):
      return made("boundary-\(direction)", denial(filter, direction), network[filter].derivation)
    case .admission(let direction, let filter):
      return made("admission-\(direction)", denial(filter, direction), network[filter].derivation)
    case .layer(let direction, let layer, let filters):
      let names = filters.map { "\(network[$0].kind) \(network[$0].identity.name)" }.joined(separator: ", ")
      let verb = direction == .ingress ? "admits" : "lets out"
      guard let first = filters.first else {
        return made("layer-\(direction)", "no rule of \(network[layer].identity.name) \(verb) it")
      }
      return made("layer-\(direction)", "no rule of \(names) \(verb) it", network[first].derivation)
    case .noGateway: return made("no-gateway", "no way leads out of the subnet")
    case .noEndpoint: return made("no-endpoint", "nobody has the address there")
    case .loop: return made("loop", "the packet goes round in a circle")
    case .notUsable: return made("not-usable", "it is not in a state to forward")
    case .noState: return made("no-state", "the answer comes by a gateway that did not see the request")
    case .noTranslationIn: return made("no-translation-in", "nothing inside stands for the address")
    case .noTranslationOut: return made("no-translation-out", "the sender has no public address")
    case .noRoute: return noRoute(blocker, title)
    case .drop: return noRoute(blocker, title)
    case .noSegment: return made("no-segment", "no subnet holds the address")
    case .noPortInZone: return made("no-port-in-az", "it has no interface in the availability zone")
    case .noZone: return made("no-zone", "the address lies in no zone behind it")
    case .noTarget: return made("no-target", "it has no target that it reaches")
    case .doesNotListen: return made("does-not-listen", "it does not listen on that")
    case .reachedElsewhere: return made("reached-elsewhere", "the packet ends here instead")
    case .wrongAddress: return made("wrong-address", "the answer bears another address than the one asked")
    case .reachesAnother: return made("reaches-another", "the answer reaches another host")
    case .notCrossedBack: return made("not-crossed-back", "the answer goes round it")
    case .nobodyOwns: return made("nobody-owns", "no gateway owns the address, so nothing comes in for it")
    case .notUnderstood: return made("not-understood", "what it does with the packet is not known")
    }
  }

  private func denial(_ filter: FilterID, _ direction: Direction) -> String {
    "\(network[filter].kind) \(network[filter].identity.name) does not \(direction == .ingress ? "let it in" : "let it out")"
  }

  /// The table is what people look for, not the attachment.
  private func noRoute(_ blocker: Blocker, _ title: String) -> ExplainedBlocker {
    guard case .attachment(let id) = blocker.place, let table = network[id].table else {
      return ExplainedBlocker(
        half: blocker.half, title: title, detail: "no route", code: "no-route", derivation: derivation(blocker.place))
    }
    let detail =
      blocker.reason == .drop
      ? "the route leads nowhere" : blocker.half == .answer ? "no route back" : "no route to the destination"
    return ExplainedBlocker(
      half: blocker.half, title: "route table \(network[table].identity.name)", detail: detail,
      code: blocker.reason == .drop ? "black-hole" : "no-route", derivation: network[table].derivation)
  }
}
