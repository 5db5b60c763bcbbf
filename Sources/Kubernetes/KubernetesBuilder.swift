package import Documents
package import NetworkModel

/// Turns a cluster's objects into endpoints, filters and memberships of the network.
package enum KubernetesBuilder {
  /// Adds a cluster to a network.
  ///
  /// The placement says where its pods stand in a cloud. Without one the cluster stands alone, and its pods share one flat segment.
  package static func build(
    _ documents: [Document], options: ClusterOptions, placement: ClusterPlacement? = nil, into network: inout Network
  ) -> KubernetesBuildResult {
    let objects = ObjectLoader.load(documents)
    var conversion = ClusterConversion(objects: objects, options: options, placement: placement)
    conversion.run(&network)
    return conversion.result
  }
}
