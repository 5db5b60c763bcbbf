package import NetworkModel
import TestSupport

/// Random lines of the language about a random network.
package struct Statements {
  private var generator: SeededGenerator
  private let endpoints: [String]
  private let zones: [String]

  package init(_ network: Network, seed: UInt64) {
    generator = SeededGenerator(seed: seed ^ 0x5DEE_CE66)
    endpoints = network.endpoints.map(\.identity.key).filter { !$0.contains(" ") }
    zones = network.zones.map(\.identity.key)
  }

  package mutating func lines(_ count: Int) -> [String] { (0..<count).map { _ in line() } }

  private mutating func pick(_ values: [String]) -> String {
    values[Int.random(in: 0..<values.count, using: &generator)]
  }

  private mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < probability
  }

  private mutating func line() -> String {
    let (one, other) = (end(), inside())
    let arrow = pick(["->", "->", "~>"])
    let on =
      chance(0.5)
      ? " on \(pick(["tcp/443", "tcp/80", "tcp/5432", "udp/53", "!tcp/80", "tcp/1024-65535", "icmp/8"]))" : ""
    switch Int.random(in: 0..<12, using: &generator) {
    case 0...4: return "forbid \(one) \(arrow) \(other)\(on)"
    case 5: return "forbid \(inside()) -> \(pick(["internet"] + zones.map { "zone:\($0)" }))\(on)"
    case 6...7: return "require \(inside()) \(arrow) \(other) on \(pick(["tcp/443", "tcp/80", "tcp/5432"]))"
    case 8: return "only \(one) -> \(other)\(on)"
    case 9: return "every \(one) ~> \(other) via \(pick(["kind:relay", "kind:appliance", "host-1"]))"
    case 10: return "encrypted \(one) \(arrow) \(other)\(pick(["", " minimum TLSv1.2"]))"
    default:
      return pick(["isolated env:prod, env:dev", "same env:prod, env:dev", "isolated tag:tier=app, tag:tier=database"])
    }
  }

  private mutating func end() -> String {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0...3: return pick(["internet", "internet"] + zones.map { "zone:\($0)" })
    case 4: return pick(["anyone", "!host-1", "!env:prod", "!tag:tier=app"])
    default: return inside()
    }
  }

  private mutating func inside() -> String {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0...4: return pick(endpoints)
    case 5: return pick(["kind:host", "kind:relay"])
    case 6...7: return pick(["env:prod", "env:dev", "tag:tier=app", "tag:tier=database"])
    case 8: return pick(["(kind:host & !env:prod)", "(env:dev | tag:tier=app)"])
    default: return pick(["10.0.0.0/24", "10.0.1.5", "10.0.1.0/25", "any"])
    }
  }
}
