/// The keys of `tierproof.yaml`, by the mapping that they stand in; `docs/tierproof.schema.json` has the same.
package enum ProjectKeys {
  package static let project = ["version", "inputs", "tiers", "zones", "parameters", "rules"]
  package static let stack = ["template", "stack", "parameters", "account", "region", "env"]
  package static let cluster = [
    "manifests", "cluster", "eks", "env", "ip-blocks", "pod-ranges", "service-ranges", "policies-enforced",
  ]
  package static let snapshot = ["snapshot", "account", "region", "env"]
  package static let zone = ["addresses", "behind"]
}
