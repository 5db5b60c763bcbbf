import Diagnostics
import Documents

/// What the project file lists.
extension InputFinder {
  mutating func take(_ input: ProjectInput, of located: LocatedProject) {
    switch input {
    case .stack(let stack): take(stack, of: located)
    case .cluster(let cluster): take(cluster, of: located)
    case .snapshot(let collected): take(collected, of: located)
    }
  }

  private mutating func take(_ input: StackInput, of located: LocatedProject) {
    let files = input.parameterFiles.compactMap { located.resolve($0, diagnostics: &reader.diagnostics) }
    guard let path = located.resolve(input.template, diagnostics: &reader.diagnostics),
      let result = reader.documents(of: path)
    else { return }
    guard let template = result.documents.first(where: { InputKind.of($0.root) == .template }) else {
      if result.diagnostics.isEmpty { reader.diagnostics.append(.isNo("CloudFormation template", input.template)) }
      return
    }
    count(path, as: .template)
    var stack = StackDeployment(name: input.name?.value ?? path.stem, template: template)
    stack.range = (input.name ?? input.template).range
    stack.parameterFiles = files.flatMap { reader.documents(of: $0)?.documents ?? [] }
    stack.parameters = input.parameters
    stack.account = input.account?.value
    stack.region = input.region?.value
    stack.environment = input.environment?.value
    deployments.stacks.append(stack)
  }

  private mutating func take(_ input: ClusterInput, of located: LocatedProject) {
    var cluster = ClusterDeployment()
    cluster.name = input.name?.value ?? input.eks?.value
    cluster.eks = input.eks?.value
    cluster.environment = input.environment?.value
    cluster.ipBlocks = input.ipBlocks?.value
    cluster.podRanges = input.podRanges.map(\.value)
    cluster.serviceRanges = input.serviceRanges.map(\.value)
    cluster.enforcesPolicies = input.enforcesPolicies?.value
    for path in input.manifests {
      guard let resolved = located.resolve(path, diagnostics: &reader.diagnostics) else { continue }
      if FileSystem.kind(of: resolved.real) == .directory {
        let found = manifests(in: resolved, within: located.limit)
        if found.isEmpty { reader.diagnostics.append(.isNo("folder with Kubernetes manifests", path)) }
        cluster.documents += found
      } else if let result = reader.documents(of: resolved) {
        let manifests = result.documents.filter { InputKind.of($0.root) == .manifests }
        if manifests.isEmpty, result.diagnostics.isEmpty {
          reader.diagnostics.append(.isNo("Kubernetes manifest", path))
        }
        if !manifests.isEmpty { count(resolved, as: .manifests) }
        cluster.documents += manifests
      }
    }
    deployments.clusters.append(cluster)
  }

  private mutating func take(_ input: CollectedInput, of located: LocatedProject) {
    guard let folder = located.resolve(input.folder, diagnostics: &reader.diagnostics) else { return }
    let before = deployments.collections.count
    find(in: folder, within: located.limit, kinds: [.describe])
    if deployments.collections.count == before {
      reader.diagnostics.append(.isNo("folder with outputs of AWS describe calls", input.folder))
    }
    for index in before..<deployments.collections.count {
      let collection = deployments.collections[index]
      deployments.collections[index].account = collection.account ?? input.account?.value
      deployments.collections[index].region = collection.region ?? input.region?.value
      deployments.collections[index].environment = input.environment?.value
    }
  }

  /// The manifests of a folder, apart from those of other clusters, which may well be the same files.
  private mutating func manifests(in folder: FilePath, within limit: Repository) -> [Document] {
    let (clusters, taken) = (deployments.clusters, taken)
    (deployments.clusters, self.taken) = ([], [])
    find(in: folder, within: limit, kinds: [.manifests])
    let found = deployments.clusters.flatMap(\.documents)
    (deployments.clusters, self.taken) = (clusters, taken)
    return found
  }
}

extension Diagnostic {
  fileprivate static func isNo(_ what: String, _ path: Ranged<String>) -> Diagnostic {
    Diagnostic(
      code: "TP0231", severity: .error, message: "`\(path.value)` is no \(what)",
      primary: Label(range: path.range, text: "named here"))
  }
}
