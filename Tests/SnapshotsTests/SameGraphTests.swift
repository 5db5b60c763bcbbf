import Foundation
import NetworkModel
import PacketSpace
import Snapshots
import TestSupport
import Testing

/// One network by two front ends is one graph, up to ids and the values that AWS assigns.
@Suite struct SameGraphTests {
  @Test func `a stack's template and its snapshot are the same graph`() throws {
    guard let shared = SharedCorpora.root else { return print("skipped: no shared corpora") }
    let pair = shared.appendingPathComponent("corpora/cloudformation/core-pair")
    let template = Shape(load(pair.appendingPathComponent("template.yaml")))
    let snapshot = Shape(load(pair.appendingPathComponent("snapshot")))
    #expect(template.segments == snapshot.segments)
    #expect(template.endpoints == snapshot.endpoints)
    #expect(template.routers == snapshot.routers)
    #expect(template.relays == snapshot.relays)
    #expect(!template.segments.isEmpty && !template.endpoints.isEmpty && !template.relays.isEmpty)
  }

  private func load(_ path: URL) -> Network { SnapshotLoader.load(SnapshotRequest(paths: [path.path])).network }
}

/// A network without its names: what each thing does, written out and sorted.
private struct Shape {
  private let network: Network

  init(_ network: Network) { self.network = network }

  /// Segments by their prefixes, with what their boundary and their table let on.
  var segments: [String] {
    network.segments.map { segment in
      let table = segment.gateway.flatMap { network[$0].table }.map { routes(network[$0]) } ?? "no table"
      return """
        \(segment.prefixes.map(\.description).sorted()) in \(rules(segment.inFilters, .ingress)) \
        out \(rules(segment.outFilters, .egress)) \(table)
        """
    }.sorted()
  }

  /// Endpoints by where they may stand, what they listen on and what their interfaces let on. Names that only one side gives are left out.
  var endpoints: [String] {
    network.endpoints.map { endpoint in
      let placements = endpoint.placements.map { placement in
        let layers = placement.layers.map { layer in
          [Direction.ingress, .egress].map { direction in
            network[layer].tiers(direction).map { rules($0.entries.map(\.filter), direction) }.joined()
          }.joined(separator: " / ")
        }
        // In which zone a database stands is assigned.
        let place = endpoint.kind == "rds" ? [] : network[placement.segment].prefixes
        return "\(place) \(families(placement)) \(layers)"
      }
      return "\(endpoint.kind) \(endpoint.accepts.map { "\($0)" } ?? "everything") \(Set(placements).sorted())"
    }.sorted()
  }

  var routers: [String] {
    network.routers.map { router in
      let attachments = router.attachments.map { id -> String in
        let attachment = network[id]
        // Whether a database that does not say so is public is assigned.
        let translations = (attachment.translations ?? []).filter(\.present.must).map { translation in
          switch translation.kind {
          case .oneToOne: "one-to-one"
          case .keep(let prefix): "keep \(prefix)"
          case .hide(let prefix, _): "hide \(prefix)"
          }
        }
        return "\(attachment.usable) \(translations.sorted()) \(attachment.table.map { routes(network[$0]) } ?? "-")"
      }
      return "\(router.kind) \(router.isSymmetric) \(attachments.sorted())"
    }.sorted()
  }

  var relays: [String] {
    network.relays.map { relay in
      let listeners = relay.listeners.map { listener in
        let targets = listener.targets.map { "\($0.port.map(String.init) ?? "-") \($0.keepsClient) \($0.encryption)" }
        return "\(listener.transport) \(listener.ports) \(listener.encryption) \(targets.sorted())"
      }
      return "\(relay.kind) \(relay.interfaces.count) \(relay.reachesSameZoneOnly) \(listeners.sorted())"
    }.sorted()
  }

  private func families(_ placement: Placement) -> [String] {
    placement.addresses.map { held in
      switch held {
      case .prefix(let prefix): prefix.isHost ? "\(prefix.family)" : "\(prefix)"
      case .unknown(let id): "\(network[id].within.first?.family ?? .v4)"
      }
    }.sorted()
  }

  private func rules(_ filters: [FilterID], _ direction: Direction) -> String {
    filters.map { id -> String in
      let filter = network[id]
      let list = filter.rules(direction) ?? RuleList()
      // Nothing here has an IPv6 address, and a list's last denial is its end.
      let rules = list.rules.reversed().drop { $0.action == .deny }.reversed()
      let lines = rules.compactMap { rule -> String? in
        let peers = (rule.peers ?? [Peer(addresses: .everything)]).compactMap { peer -> String? in
          if let membership = peer.membership { return members(of: membership) }
          let addresses = peer.addresses?.restricted(to: .v4) ?? .allIPv4
          return addresses.isEmpty ? nil : "\(addresses)"
        }
        return peers.isEmpty ? nil : "\(rule.action) \(rule.present) \(peers.sorted()) \(rule.traffic.set)"
      }
      // The order of a union's rules says nothing.
      return "\(filter.kind) \(filter.end) \(filter.kind == "security group" ? lines.sorted() : lines)"
    }.sorted().joined(separator: "; ")
  }

  /// A group by what it holds.
  private func members(of membership: MembershipID) -> String {
    let kinds = network.endpoints.filter { endpoint in
      endpoint.placements.contains { $0.memberships[membership] == .yes }
    }.map(\.kind)
    return "members \(kinds.sorted())"
  }

  private func routes(_ table: RouteTable) -> String {
    table.routes.map { "\($0.prefix) \(next($0.next)) \($0.present)" }.sorted().joined(separator: ", ")
  }

  private func next(_ hop: RouteTable.NextHop) -> String {
    switch hop {
    case .drop: return "drop"
    case .local: return "local"
    case .unknown: return "unknown"
    case .port(let attachment): return "port of \(network[network[attachment].router].kind)"
    case .link(let attachment):
      if case .attachment(let far) = network[attachment].farSide {
        return "to \(network[network[far].router].kind)"
      }
      return "out"
    }
  }
}
