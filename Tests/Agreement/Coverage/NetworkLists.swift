import NetworkModel

// Every thing of one kind in a network, to be looked at or changed in its place.

@Sendable func segments(_ network: inout Network, _ body: (inout Segment) -> Void) {
  for index in network.segments.indices { body(&network.segments[index]) }
}

@Sendable func endpoints(_ network: inout Network, _ body: (inout Endpoint) -> Void) {
  for index in network.endpoints.indices { body(&network.endpoints[index]) }
}

@Sendable func placements(_ network: inout Network, _ body: (inout Placement) -> Void) {
  endpoints(&network) { for index in $0.placements.indices { body(&$0.placements[index]) } }
}

@Sendable func filters(_ network: inout Network, _ body: (inout Filter) -> Void) {
  for index in network.filters.indices { body(&network.filters[index]) }
}

@Sendable func lists(_ network: inout Network, _ body: (inout RuleList) -> Void) {
  filters(&network) {
    if var list = $0.ingress {
      body(&list)
      $0.ingress = list
    }
    if var list = $0.egress {
      body(&list)
      $0.egress = list
    }
  }
}

@Sendable func rules(_ network: inout Network, _ body: (inout Rule) -> Void) {
  lists(&network) { for index in $0.rules.indices { body(&$0.rules[index]) } }
}

@Sendable func peers(_ network: inout Network, _ body: (inout Peer) -> Void) {
  rules(&network) { rule in
    guard var peers = rule.peers else { return }
    for index in peers.indices { body(&peers[index]) }
    rule.peers = peers
  }
}

@Sendable func layers(_ network: inout Network, _ body: (inout Layer) -> Void) {
  for index in network.layers.indices { body(&network.layers[index]) }
}

@Sendable func tiers(_ network: inout Network, _ body: (inout Tier) -> Void) {
  layers(&network) {
    for index in $0.ingress.indices { body(&$0.ingress[index]) }
    for index in $0.egress.indices { body(&$0.egress[index]) }
  }
}

@Sendable func entries(_ network: inout Network, _ body: (inout Tier.Entry) -> Void) {
  tiers(&network) { for index in $0.entries.indices { body(&$0.entries[index]) } }
}

@Sendable func routers(_ network: inout Network, _ body: (inout Router) -> Void) {
  for index in network.routers.indices { body(&network.routers[index]) }
}

@Sendable func attachments(_ network: inout Network, _ body: (inout Attachment) -> Void) {
  for index in network.attachments.indices { body(&network.attachments[index]) }
}

@Sendable func ports(_ network: inout Network, _ body: (inout Attachment.Port) -> Void) {
  attachments(&network) {
    guard case .ports(var ports) = $0.farSide else { return }
    for index in ports.indices { body(&ports[index]) }
    $0.farSide = .ports(ports)
  }
}

@Sendable func translations(_ network: inout Network, _ body: (inout Translation) -> Void) {
  attachments(&network) {
    guard var list = $0.translations else { return }
    for index in list.indices { body(&list[index]) }
    $0.translations = list
  }
}

@Sendable func tables(_ network: inout Network, _ body: (inout RouteTable) -> Void) {
  for index in network.tables.indices { body(&network.tables[index]) }
}

@Sendable func routes(_ network: inout Network, _ body: (inout RouteTable.Route) -> Void) {
  tables(&network) { for index in $0.routes.indices { body(&$0.routes[index]) } }
}

@Sendable func relays(_ network: inout Network, _ body: (inout Relay) -> Void) {
  for index in network.relays.indices { body(&network.relays[index]) }
}

@Sendable func listeners(_ network: inout Network, _ body: (inout Relay.Listener) -> Void) {
  relays(&network) { for index in $0.listeners.indices { body(&$0.listeners[index]) } }
}

@Sendable func targets(_ network: inout Network, _ body: (inout Relay.Target) -> Void) {
  listeners(&network) { for index in $0.targets.indices { body(&$0.targets[index]) } }
}

@Sendable func zones(_ network: inout Network, _ body: (inout Zone) -> Void) {
  for index in network.zones.indices { body(&network.zones[index]) }
}
