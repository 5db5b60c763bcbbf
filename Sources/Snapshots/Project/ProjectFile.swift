package import Diagnostics
package import PacketSpace

/// What `tierproof.yaml` says, version 1 (design section 6). Its schema for editors is `docs/tierproof.schema.json`.
///
/// A value that a verdict may rest on keeps the range that states it, so that a finding can be put there.
package struct ProjectFile: Sendable {
  /// `nil` where the file lists none: then the inputs are found.
  package var inputs: [ProjectInput]?
  package var tiers: [TierDefinition] = []
  package var zones: [ZoneDefinition] = []
  /// Values for `{name}` in rules.
  package var parameters: [ProjectParameter] = []
  /// Rule packs by name, rule files by path; `nil` where the file does not say.
  package var rules: [Ranged<String>]?

  package init(inputs: [ProjectInput]? = nil) {
    self.inputs = inputs
  }
}

/// A value and the range that states it.
package struct Ranged<Value: Sendable>: Sendable {
  package var value: Value
  package var range: SourceRange

  package init(_ value: Value, _ range: SourceRange) {
    self.value = value
    self.range = range
  }
}

extension Ranged: Equatable where Value: Equatable {}

/// One deployment: a stack, a cluster, or what was collected from accounts.
package enum ProjectInput: Sendable {
  case stack(StackInput)
  case cluster(ClusterInput)
  case snapshot(CollectedInput)

  /// How many paths it names.
  var pathCount: Int {
    switch self {
    case .stack(let stack): 1 + stack.parameterFiles.count
    case .cluster(let cluster): max(cluster.manifests.count, 1)
    case .snapshot: 1
    }
  }

  /// The first of them.
  var range: SourceRange? {
    switch self {
    case .stack(let stack): stack.template.range
    case .cluster(let cluster): cluster.manifests.first?.range
    case .snapshot(let collected): collected.folder.range
    }
  }
}

/// One template deployed once: template × parameters × account × region.
package struct StackInput: Sendable {
  /// The name in keys and queries; the template's file name where it is not given.
  package var name: Ranged<String>?
  package var template: Ranged<String>
  /// Parameter files, in order; a later one wins.
  package var parameterFiles: [Ranged<String>] = []
  /// Values given in the project file itself; they win over the files.
  package var parameters: [ProjectParameter] = []
  package var account: Ranged<String>?
  package var region: Ranged<String>?
  package var environment: Ranged<String>?

  package init(template: Ranged<String>) {
    self.template = template
  }
}

/// The manifests of one cluster.
package struct ClusterInput: Sendable {
  package var name: Ranged<String>?
  /// Files and folders.
  package var manifests: [Ranged<String>]
  /// The name of the EKS cluster of the snapshot that this is, if it is one.
  package var eks: Ranged<String>?
  package var environment: Ranged<String>?
  /// Whether an ipBlock holds pods; `nil` for "may".
  package var ipBlocks: Ranged<IPBlockReading>?
  /// Prefixes that pods take their addresses from.
  package var podRanges: [Ranged<IPPrefix>] = []
  /// Prefixes that Services take their addresses from.
  package var serviceRanges: [Ranged<IPPrefix>] = []
  /// Whether the cluster's network enforces policies; `nil` where the file does not say.
  package var enforcesPolicies: Ranged<Bool>?

  package init(manifests: [Ranged<String>]) {
    self.manifests = manifests
  }
}

/// What an ipBlock peer holds, which Kubernetes leaves open where pods are concerned.
package enum IPBlockReading: String, Sendable, CaseIterable {
  /// Addresses of pods too.
  case pods
  /// Addresses outside the cluster only.
  case external
}

/// A folder of describe-call outputs.
package struct CollectedInput: Sendable {
  package var folder: Ranged<String>
  /// Of files that lie in no `accounts/<id>/<region>` folder.
  package var account: Ranged<String>?
  package var region: Ranged<String>?
  package var environment: Ranged<String>?

  package init(folder: Ranged<String>) {
    self.folder = folder
  }
}

/// What a tier's name stands for: a selector in the language.
package struct TierDefinition: Sendable {
  package var name: Ranged<String>
  package var selector: Ranged<String>
}

/// A named set of addresses outside the snapshot.
package struct ZoneDefinition: Sendable {
  package var name: Ranged<String>
  package var addresses: [Ranged<IPPrefix>]
  /// Gateways behind which they lie, by any name; empty where they come in as the internet does.
  package var behind: [Ranged<String>]
}

/// A named value.
package struct ProjectParameter: Sendable {
  package var name: Ranged<String>
  package var value: Ranged<String>
}
