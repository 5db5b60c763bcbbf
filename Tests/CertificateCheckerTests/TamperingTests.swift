import CertificateChecker
import Certificates
import Diagnostics
import Foundation
import NetworkModel
import PacketSpace
import TestSupport
import Testing

/// Every leaf of a certificate is altered in turn: the digest notices, and where it was made anew the checker does.
@Suite struct `Tampering with a certificate` {
  /// What the checker cannot notice, because it claims nothing (docs/certificates.md, "What is for people").
  private static let forPeople: Set<String> = ["tool", "cut", "place", "title"]

  private let certified: Certified
  private let document: Any

  init() throws {
    certified = try Certified(Small.estate(), Small.proved + Small.violated + Small.vacuous)
    document = try JSONSerialization.jsonObject(with: Data(certified.certificate.text.utf8))
  }

  /// A way to a leaf: names of members and places in lists.
  private struct Way: Sendable, CustomStringConvertible {
    var steps: [String] = []
    var description: String { steps.joined(separator: "/") }
  }

  private func leaves(_ value: Any, _ way: Way = Way()) -> [Way] {
    func below(_ step: String) -> Way { Way(steps: way.steps + [step]) }
    if let object = value as? [String: Any] {
      return object.keys.sorted().flatMap { leaves(object[$0] as Any, below($0)) }
    }
    if let list = value as? [Any] { return list.indices.flatMap { leaves(list[$0], below("\($0)")) } }
    return [way]
  }

  /// The document with one value changed.
  private func changed(_ value: Any, _ steps: ArraySlice<String>, _ change: (Any) -> Any?) -> Any? {
    guard let step = steps.first else { return change(value) }
    if var object = value as? [String: Any] {
      guard let inner = object[step] else { return nil }
      object[step] = changed(inner, steps.dropFirst(), change)
      return object
    }
    guard var list = value as? [Any], let index = Int(step) else { return nil }
    guard let inner = changed(list[index], steps.dropFirst(), change) else {
      list.remove(at: index)
      return list
    }
    list[index] = inner
    return list
  }

  private func read(_ document: Any) throws -> CertificateReader {
    let bytes = try JSONSerialization.data(withJSONObject: document)
    var sources = SourceMap()
    let file = sources.add(path: "certificate.json", bytes: Array(bytes))
    return CertificateReader(sources[file])
  }

  /// Another value that could stand in a leaf's place.
  private func others(_ value: Any, _ way: Way) -> [Any] {
    let name = way.steps.last { Int($0) == nil } ?? ""
    if let text = value as? String {
      switch name {
      case "verdict": return ["proved", "violated", "undecided", "vacuous"].filter { $0 != text }
      case "traffic", "missing": return ["tcp/1", "any"]
      case "header": return ["tcp/7 from 50000", "icmp/8/0"]
      // Another address of the internet would do as well.
      case "number": return ["10.0.9.9"]
      case "kind": return ["endpoint", "zone", "host", "address", "input", "rules"].filter { $0 != text }
      case "line": return ["forbid app -> dev", "only app -> alb"]
      default: return [text + "x", "db", "alb"].filter { $0 != text }
      }
    }
    guard let number = value as? NSNumber else { return [] }
    return ["sure", "strict"].contains(name) ? [!number.boolValue] : [number.intValue + 1]
  }

  @Test func `is noticed by the digest, whatever leaf it is`() throws {
    let ways = leaves(document)
    #expect(ways.count > 200)
    for way in ways where way.steps != ["digest"] {
      for other in alternatives(at: way) {
        let reader = try read(try #require(changed(document, way.steps[...]) { _ in other }))
        guard let certificate = reader.certificate else { continue }
        #expect(certificate.contentDigest != reader.statedDigest, "\(way): \(other)")
      }
    }
  }

  @Test func `is noticed by the checker, where the digest was made anew`() throws {
    var (tried, unreadable) = (0, 0)
    for way in leaves(document) where way.steps != ["digest"] && Self.forPeople.isDisjoint(with: way.steps) {
      for other in alternatives(at: way) {
        let reader = try read(try #require(changed(document, way.steps[...]) { _ in other }))
        tried += 1
        guard let certificate = reader.certificate else {
          unreadable += 1
          continue
        }
        #expect(certified.objections(certificate) != [], "\(way): \(other)")
      }
    }
    print("tampering: \(tried) alterations, \(unreadable) of them no certificate any more")
    #expect(tried - unreadable > 200)
  }

  @Test func `is noticed where something is taken away`() throws {
    // Every element of every list: a source, a listener of the closed set, a leg, a rule.
    var elements: [Way] = []
    func collect(_ value: Any, _ way: Way) {
      func below(_ step: String) -> Way { Way(steps: way.steps + [step]) }
      if let object = value as? [String: Any] {
        for key in object.keys.sorted() { collect(object[key] as Any, below(key)) }
      }
      guard let list = value as? [Any] else { return }
      for index in list.indices {
        elements.append(below("\(index)"))
        collect(list[index], below("\(index)"))
      }
    }
    collect(document, Way())
    for way in elements where Self.forPeople.isDisjoint(with: way.steps) {
      // Of several findings each stands for itself.
      if way.steps.dropLast().last == "violations" { continue }
      let reader = try read(try #require(changed(document, way.steps[...]) { _ in nil }))
      guard let certificate = reader.certificate else { continue }
      #expect(certified.objections(certificate) != [], "without \(way)")
    }
  }

  @Test func `is noticed where something is added to a closed set`() throws {
    var certificate = certified.certificate
    let index = try #require(certificate.rules[0].properties.firstIndex { $0.line == "forbid internet -> app" })
    let listener = Certificate.Listener(relay: "alb-relay", interface: "alb", number: 0, traffic: .tcp(443))
    certificate.rules[0].properties[index].evidence.proofs[0].reached.append(listener)
    #expect(certified.objections(certificate) != [])
    certificate = certified.certificate
    let path = try #require(certificate.rules[0].properties.firstIndex { $0.line == "forbid internet ~> db" })
    certificate.rules[0].properties[path].evidence.proofs[0].reached.append(listener)
    #expect(certified.objections(certificate) != [])
  }

  private func alternatives(at way: Way) -> [Any] {
    var found: [Any] = []
    _ = changed(document, way.steps[...]) { value in
      found = others(value, way)
      return value
    }
    return found
  }
}
