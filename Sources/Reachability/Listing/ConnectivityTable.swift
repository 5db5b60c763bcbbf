package import NetworkModel
package import PacketSpace

/// Every answered connection, folded by host: what `connectivity` prints.
///
/// Hosts of the same classes are asked once. A row of a host with itself is left out; it is ordinary traffic between replicas.
package struct ConnectivityTable: Sendable {
  package enum Peer: Hashable, Sendable {
    /// A host, by its canonical key.
    case host(String)
    /// Addresses of a zone.
    case outside(ZoneID, AddressSet)
  }

  package struct Row: Sendable {
    package var source: Peer
    package var destination: Peer
    package var answered: Bounds<TrafficSet>
  }

  package private(set) var rows: [Row] = []

  private struct Host {
    var key: String
    var endpoints: [EndpointID]
    /// One endpoint of each class among its own.
    var classes: [EndpointID]
  }

  /// A zone outside, and the endpoints that are listed with its parts.
  package struct Outside: Sendable {
    package var zone: ZoneID
    package var endpoints: [EndpointID]

    package init(zone: ZoneID, endpoints: [EndpointID]) {
      self.zone = zone
      self.endpoints = endpoints
    }
  }

  /// Lists what connects the endpoints, and the parts of a zone beside them; other endpoints are left out.
  package init(_ engine: Engine, endpoints: [EndpointID], external: ZoneID? = nil) {
    self.init(engine, endpoints: endpoints, outside: external.map { [Outside(zone: $0, endpoints: endpoints)] } ?? [])
  }

  /// Lists what connects the endpoints, and the parts of each zone beside those that are listed with it.
  package init(_ engine: Engine, endpoints: [EndpointID], outside: [Outside]) {
    let hosts = Self.hosts(engine, endpoints)
    for source in hosts {
      for destination in hosts where source.key != destination.key {
        var answered = Bounds<TrafficSet>.nothing
        for from in source.classes {
          for to in destination.classes {
            answered = answered.union(engine.connection(.endpoint(from), .endpoint(to)).answered)
          }
        }
        add(.host(source.key), .host(destination.key), answered)
      }
    }
    for part in outside {
      for host in Self.hosts(engine, part.endpoints) { addOutside(engine, host, part.zone) }
    }
  }

  private static func hosts(_ engine: Engine, _ endpoints: [EndpointID]) -> [Host] {
    var hosts: [Host] = []
    var numbers: [String: Int] = [:]
    for endpoint in endpoints {
      let key = engine.network[endpoint].host
      let number = numbers[key] ?? hosts.count
      if number == hosts.count {
        numbers[key] = number
        hosts.append(Host(key: key, endpoints: [], classes: []))
      }
      hosts[number].endpoints.append(endpoint)
      let own = engine.classes.number(of: endpoint)
      if !hosts[number].classes.contains(where: { engine.classes.number(of: $0) == own }) {
        hosts[number].classes.append(endpoint)
      }
    }
    return hosts
  }

  /// The parts of the outside that are treated alike are one row.
  private mutating func addOutside(_ engine: Engine, _ host: Host, _ zone: ZoneID) {
    let addresses = engine.network[zone].addresses
    var inward: [(AddressSet, Bounds<TrafficSet>)] = []
    var outward: [(AddressSet, Bounds<TrafficSet>)] = []
    func add(_ region: AddressSet, _ bounds: Bounds<TrafficSet>, to parts: inout [(AddressSet, Bounds<TrafficSet>)]) {
      if let index = parts.firstIndex(where: { $0.1 == bounds }) {
        parts[index].0.formUnion(region)
      } else {
        parts.append((region, bounds))
      }
    }
    for number in engine.compiled.classes.classes(meeting: addresses) {
      let region = engine.compiled.classes.region(number).intersection(addresses)
      var comes = Bounds<TrafficSet>.nothing
      var goes = Bounds<TrafficSet>.nothing
      for endpoint in host.classes {
        comes = comes.union(engine.connection(.zone(zone, within: region), .endpoint(endpoint)).answered)
        goes = goes.union(engine.connection(.endpoint(endpoint), .zone(zone, within: region)).answered)
      }
      add(region, comes, to: &inward)
      add(region, goes, to: &outward)
    }
    for (region, bounds) in inward { self.add(.outside(zone, region), .host(host.key), bounds) }
    for (region, bounds) in outward { self.add(.host(host.key), .outside(zone, region), bounds) }
  }

  private mutating func add(_ source: Peer, _ destination: Peer, _ answered: Bounds<TrafficSet>) {
    if answered.may.isEmpty { return }
    rows.append(Row(source: source, destination: destination, answered: answered))
  }
}
