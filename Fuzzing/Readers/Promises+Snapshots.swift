import Diagnostics
import Documents
import Kubernetes
import NetworkModel
import Reporting
import Rules
import Snapshots
import TierproofCommands

/// Whole snapshots that come on standard input.
extension Promises {
  mutating func readObjects(_ bytes: [UInt8]) {
    let request = request(bytes)
    var inputs = SnapshotInputs(request)
    if !inputs.deployments.stacks.isEmpty {
      for index in inputs.deployments.clusters.indices { inputs.deployments.clusters[index].eks = "eks" }
    }
    let snapshot = SnapshotLoader.load(inputs, external: request.external)
    expectFit(snapshot.diagnostics, in: snapshot.sources)
  }

  mutating func readProject(_ bytes: [UInt8]) {
    var sources = SourceMap()
    guard let root = documents(bytes, in: &sources).first?.root else { return }
    var reader = ProjectFileReader()
    let project = reader.read(root)
    expectFit(reader.diagnostics, in: sources)
    guard let project else { return }
    var inputs = SnapshotInputs(request(Array(Self.smallCluster.utf8)))
    inputs.sources = sources
    inputs.project = project
    let snapshot = SnapshotLoader.load(inputs, external: .exposed)
    expectFit(snapshot.diagnostics.filter { $0.code != "TP0602" }, in: sources)
    _ = snapshot.ground()
  }

  mutating func readRules(_ bytes: [UInt8]) {
    var sources = SourceMap()
    let file = sources.add(path: "rules.yaml", bytes: bytes)
    let reader = RuleFileReader(sources[file])
    expectFit(reader.diagnostics, in: sources)
    let snapshot = SnapshotLoader.load(request(Array(Self.smallCluster.utf8)))
    let (_, faults) = RuleJudge.judge(reader.rules, on: snapshot.ground(reader.rules))
    expectFit(faults.map(\.diagnostic), in: sources)
  }

  mutating func check(_ bytes: [UInt8]) {
    let snapshot = SnapshotLoader.load(request(bytes))
    expectFit(snapshot.diagnostics, in: snapshot.sources)
    var report = CheckReport(
      verdicts: [], context: ReportContext(network: snapshot.network, sources: snapshot.sources),
      diagnostics: snapshot.diagnostics, census: [])
    if snapshot.isWhole {
      var files = SourceMap()
      let rules = RulePack.core.rules(&files).rules
      let (verdicts, faults) = RuleJudge.judge(rules, on: snapshot.ground(rules))
      expect(faults.isEmpty, "a built-in rule could not be judged")
      report.verdicts = verdicts
    }
    expectHarmless(report.text(colour: false, width: 100, isVerbose: true))
    expectHarmless(report.sarif(version: "0"))
  }

  /// What hangs on options is taken by the length, so that a file keeps its meaning.
  private func request(_ bytes: [UInt8]) -> SnapshotRequest {
    var request = SnapshotRequest(paths: [SnapshotRequest.standardInputPath])
    request.standardInput = bytes
    request.external = bytes.count % 2 == 0 ? .exposed : .policy
    request.ipBlocks = [nil, .pods, .external][bytes.count / 2 % 3]
    return request
  }

  private static let smallCluster = """
    {"apiVersion": "v1", "kind": "List", "items": [
      {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": "shop", "labels": {"tier": "app"}}},
      {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "db", "namespace": "shop", "labels": {"tier": "db"}}},
      {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "db", "namespace": "shop"},
        "spec": {"podSelector": {"matchLabels": {"tier": "db"}}, "ingress": [{"ports": [{"port": 5432}]}]}}]}
    """
}
