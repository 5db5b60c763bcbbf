import AWSDescribe
import AWSNetwork
import CloudFormation
import Diagnostics
import Documents
package import Kubernetes
import NetworkModel
import PacketSpace

/// Runs the loaders over what was found and joins clouds and clusters into one network.
package enum SnapshotLoader {
  /// Loads everything that a request names. Nothing is thrown: what cannot be read is among the diagnostics.
  package static func load(_ request: SnapshotRequest) -> Snapshot {
    load(SnapshotInputs(request), external: request.external)
  }

  /// Loads what was found and parsed already.
  package static func load(_ inputs: SnapshotInputs, external: ClusterOptions.External) -> Snapshot {
    var diagnostics = inputs.diagnostics
    var network = Network()
    network.gaps += inputs.gaps

    var records = AWSRecords()
    for collection in inputs.deployments.collections {
      records.merge(
        DescribeReader.read(
          collection.outputs.map { DescribeOutput(parameters: $0.name.parameters, document: $0.document) },
          account: collection.account, region: collection.region, env: collection.environment))
    }
    records.merge(CloudFormationReader.read(inputs.deployments.stacks.map(stack)))
    diagnostics += records.diagnostics
    let join = ClusterJoin(cloud: AWSBuilder.build(records, into: &network))
    var clusters: [KubernetesBuildResult] = []
    for cluster in inputs.deployments.clusters {
      let result = join.add(cluster, external: external, to: &network)
      diagnostics += result.diagnostics
      clusters.append(result)
    }

    ZoneDeclarations.add(inputs.project.zones, to: &network, diagnostics: &diagnostics)
    network.seal()
    return Snapshot(
      network: network, sources: inputs.sources, diagnostics: diagnostics, project: inputs.project,
      folder: inputs.folder, census: inputs.census, counts: records.counts,
      uncertainCounts: records.uncertainCounts, clusters: clusters)
  }

  private static func stack(_ deployment: StackDeployment) -> CloudFormation.StackInput {
    CloudFormation.StackInput(
      name: deployment.name, template: deployment.template, parameterFiles: deployment.parameterFiles,
      parameters: deployment.parameters.map {
        CloudFormation.StackInput.Parameter(name: $0.name.value, values: [$0.value.value], range: $0.value.range)
      }, account: deployment.account, region: deployment.region, env: deployment.environment)
  }
}
