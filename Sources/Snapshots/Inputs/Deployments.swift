package import Diagnostics
package import Documents
package import PacketSpace

/// All that is to be loaded, read and sorted by kind, before any of it is understood.
package struct Deployments: Sendable {
  package var stacks: [StackDeployment] = []
  package var collections: [Collection] = []
  package var clusters: [ClusterDeployment] = []

  package init() {}

  package var isEmpty: Bool {
    stacks.isEmpty && collections.isEmpty && clusters.isEmpty
  }
}

/// A template with its parameters, in an account and region.
package struct StackDeployment: Sendable {
  package var name: String
  /// Where the project file names the stack, if it does.
  package var range: SourceRange?
  package var template: Document
  /// Roots of parameter files, in order; a later one wins.
  package var parameterFiles: [Document] = []
  /// Values given in the project file; they win over the files.
  package var parameters: [ProjectParameter] = []
  /// Twelve digits; `nil` where nobody says.
  package var account: String?
  package var region: String?
  package var environment: String?
}

/// The outputs of describe calls in one account and region.
package struct Collection: Sendable {
  /// One call's output.
  package struct Output: Sendable {
    package var name: DescribeName
    package var document: Document
  }

  package var account: String?
  package var region: String?
  package var environment: String?
  package var outputs: [Output] = []
}

/// The objects of one cluster.
package struct ClusterDeployment: Sendable {
  /// `nil` where nobody names it.
  package var name: String?
  /// The EKS cluster of the snapshot that this is, by name.
  package var eks: String?
  package var environment: String?
  package var ipBlocks: IPBlockReading?
  package var podRanges: [IPPrefix] = []
  package var serviceRanges: [IPPrefix] = []
  package var enforcesPolicies: Bool?
  package var documents: [Document] = []
}

/// How many files there were of each kind; what was not looked at is counted too.
package struct Census: Equatable, Sendable {
  package var templates = 0
  package var manifests = 0
  package var describeOutputs = 0
  /// Files found on the way that show no kind that is read.
  package var others = 0

  package init(templates: Int = 0, manifests: Int = 0, describeOutputs: Int = 0, others: Int = 0) {
    self.templates = templates
    self.manifests = manifests
    self.describeOutputs = describeOutputs
    self.others = others
  }
}
