import Diagnostics
import Foundation
import Reachability
import Kubernetes
import NetworkModel
import TestSupport
import Testing

/// What a manifest may look like, and what is said of a bad one (item 38 of the reference).
@Suite struct ReadingTests {
  private func cluster(_ text: String) -> Cluster { Cluster(text, options: SelectionTests.options) }

  @Test func `JSON is read as YAML is`() {
    let text = #"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "namespace": "y"}}"#
    let cluster = Cluster(files: [("pod.json", Array(text.utf8))], options: SelectionTests.options)
    #expect(cluster.names["y/a"] != nil && cluster.messages.isEmpty)
  }

  @Test func `kinds that are not read are counted`() {
    let cluster = cluster(
      """
      {kind: ConfigMap, apiVersion: v1, metadata: {name: a}}
      ---
      {kind: ConfigMap, apiVersion: v1, metadata: {name: b}}
      """)
    #expect(cluster.result.unreadKinds == ["ConfigMap": 2])
  }

  @Test func `a document that is no YAML is said, and those before it load`() {
    let cluster = cluster("{kind: Pod, apiVersion: v1, metadata: {name: a}}\n---\nkind: [")
    #expect(cluster.names["default/a"] != nil)
    #expect(cluster.result.diagnostics.contains { $0.severity == .error })
  }

  @Test func `bad input of NetworkPolicies is said as the corpus wants it`() throws {
    guard let root = SharedCorpora.directory("kubernetes/bad-input") else { return }
    var cases = 0
    for file in SharedCorpora.files(in: root, withExtension: "csv") where file.lastPathComponent == "expected.csv" {
      let folder = file.deletingLastPathComponent()
      let rows = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
      let cluster = try Cluster(directory: folder.appendingPathComponent("manifests"), options: SelectionTests.options)
      for row in rows {
        let fields = row.split(separator: ",", maxSplits: 3).map(String.init)
        // Admin policies are not read yet.
        if fields[1].contains("AdminNetworkPolicy"), fields[2] != "metadata.name" || fields[1].contains("banp-name") {
          continue
        }
        cases += 1
        let needsError = row.hasSuffix(",error")
        let isSaid = cluster.result.diagnostics.contains { diagnostic in
          guard let place = diagnostic.primary?.range else { return false }
          return cluster.sources[place.file].path == fields[0] && diagnostic.message.contains(fields[1])
            && diagnostic.message.contains(fields[2]) && (!needsError || diagnostic.severity == .error)
        }
        #expect(isSaid, "\(folder.lastPathComponent): \(row); said: \(cluster.messages.prefix(4))")
      }
    }
    #expect(cases >= 6)
  }
}
