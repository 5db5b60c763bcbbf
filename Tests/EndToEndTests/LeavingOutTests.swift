import Diagnostics
import Foundation
import Language
import Properties
import Snapshots
import TestSupport
import Testing

/// What is left out and referred to is a gap: what hangs on it is undecided, and never proved where it was violated or undecided before.
@Suite struct `Leaving something out` {
  /// Loads some files as a command does, and judges properties in the network that they become.
  static func verdicts(_ files: [String: String], _ properties: [String]) throws -> [Verdict] {
    let scratch = try Scratch()
    for (name, text) in files { try scratch.write(text, to: name) }
    let snapshot = SnapshotLoader.load(SnapshotRequest(paths: [scratch.path()]))
    #expect(snapshot.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
    let tiers = Dictionary(snapshot.project.tiers.map { ($0.name.value, $0.selector.value) }) { first, _ in first }
    let evaluator = Evaluator(Evaluator.Ground(snapshot.network, tiers: TierDefinitions(tiers)))
    return properties.map { property in
      // A name that nothing has any more is an error of its own.
      do { return try evaluator.verdict(Parser.property(property)).verdict } catch { return .vacuous }
    }
  }

  // MARK: Calls

  /// One call's output without some of its elements; `nil` where the call was not made at all.
  private struct Removal: CustomTestStringConvertible {
    var call: String
    var element: Int?
    var testDescription: String { element.map { "\(call) without element \($0)" } ?? "no \(call)" }
  }

  private static func elements(_ call: String) throws -> [Any] {
    let text = CollectedEstate.files[call] ?? "[]"
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Any] ?? []
  }

  private static func files(_ removal: Removal? = nil) throws -> [String: String] {
    var files = ["tierproof.yaml": CollectedEstate.project]
    for (call, text) in CollectedEstate.files where call != removal?.call || removal?.element != nil {
      var list = text
      if let removal, call == removal.call, let element = removal.element {
        var elements = try elements(call)
        elements.remove(at: element)
        list = String(decoding: try JSONSerialization.data(withJSONObject: elements), as: UTF8.self)
      }
      files["aws/describe-\(call.lowercased()).json"] = "{\"\(call)\": \(list)}"
    }
    return files
  }

  @Test func `nothing is proved while everything is there`() throws {
    let properties = CollectedEstate.properties + CollectedEstate.wideProperties
    for (property, verdict) in zip(properties, try Self.verdicts(Self.files(), properties)) {
      #expect([.violated, .undecided].contains(verdict), "\(property)")
    }
  }

  /// What nothing else in the outputs speaks of cannot be missed: the table of a subnet, which without it would have the main one.
  private static let silent = ["RouteTables without element 0"]

  /// Calls that show what joins networks: properties of many pairs are asked without these only, for they take long where nearly nothing is
  /// known.
  private static let joining = ["VpcPeeringConnections", "TransitGatewayVpcAttachments", "InternetGateways", "Vpcs"]

  @Test func `a call or an object that was left out proves nothing`() throws {
    var removals: [Removal] = []
    for call in CollectedEstate.files.keys.sorted() {
      removals.append(Removal(call: call))
      let elements = try Self.elements(call)
      removals += elements.indices.map { Removal(call: call, element: $0) }
    }
    for removal in removals where !Self.silent.contains(removal.testDescription) {
      var properties = CollectedEstate.properties
      if Self.joining.contains(removal.call) { properties += CollectedEstate.wideProperties }
      for (property, verdict) in zip(properties, try Self.verdicts(Self.files(removal), properties)) {
        #expect(verdict != .proved, "\(removal.testDescription): \(property)")
      }
    }
  }

  // MARK: Manifests

  private static func manifests(without left: Int? = nil) -> [String: String] {
    var files = ["tierproof.yaml": ClusterManifests.project]
    for (number, document) in ClusterManifests.documents.enumerated() where number != left {
      files["k8s/\(number).yaml"] = document.text
    }
    return files
  }

  @Test func `nothing of the cluster is proved while everything is there`() throws {
    let verdicts = try Self.verdicts(Self.manifests(), ClusterManifests.properties)
    for (property, verdict) in zip(ClusterManifests.properties, verdicts) {
      #expect([.violated, .undecided].contains(verdict), "\(property)")
    }
  }

  /// A workload or a way in that nobody else speaks of cannot be missed.
  private static let silentDocuments = [
    "entry": "forbid internet ~> shop/web", "load balancer": "forbid internet ~> tools/job",
    "workload job": "only shop/web -> data/db",
  ]

  @Test func `an object of a cluster that was left out proves nothing`() throws {
    for (number, document) in ClusterManifests.documents.enumerated() {
      let verdicts = try Self.verdicts(Self.manifests(without: number), ClusterManifests.properties)
      for (property, verdict) in zip(ClusterManifests.properties, verdicts)
      where Self.silentDocuments[document.name] != property {
        #expect(verdict != .proved, "without \(document.name): \(property)")
      }
    }
  }
}
