import NetworkModel

/// The memberships that policies' selectors make, each once, over the distinct pairs of namespace and labels.
struct PodMemberships {
  /// Which pods a peer speaks of.
  struct Selection: Hashable {
    enum Namespaces: Hashable {
      case one(String)
      case matching(LabelSelector)
    }

    var namespaces: Namespaces
    var pods: LabelSelector
  }

  private struct Group: Hashable {
    var namespace: String
    var labels: [String: String]
  }

  private let cluster: String
  private let namespaces: [String: NamespaceObject]
  private var groups: [Group] = []
  private var groupsOfNamespace: [String: [Int]] = [:]
  private var numbers: [Group: Int] = [:]
  /// What each group of pods is a member of.
  private(set) var membershipsOfGroup: [[MembershipID: Truth]] = []
  private var known: [Selection: MembershipID] = [:]
  /// Why the labels of namespaces without an object are not known.
  private var unseen: [String: UnknownID] = [:]

  init(cluster: String, namespaces: [String: NamespaceObject]) {
    self.cluster = cluster
    self.namespaces = namespaces
  }

  /// The number of the group to which pods with these labels belong; all groups are made before any membership.
  mutating func group(namespace: String, labels: [String: String]) -> Int {
    let group = Group(namespace: namespace, labels: labels)
    if let number = numbers[group] { return number }
    numbers[group] = groups.count
    groupsOfNamespace[namespace, default: []].append(groups.count)
    groups.append(group)
    membershipsOfGroup.append([:])
    return groups.count - 1
  }

  /// The groups of pods that are selected, in order; also those that may be.
  func selected(by selection: Selection) -> [Int] { matching(selection).map(\.number) }

  /// The groups that a selection matches, with the namespace whose labels are not known where it hangs on them.
  private func matching(_ selection: Selection) -> [(number: Int, unseen: String?)] {
    var found: [(number: Int, unseen: String?)] = []
    func look(in namespace: String, unseen: String? = nil) {
      for number in groupsOfNamespace[namespace] ?? [] where selection.pods.matches(groups[number].labels) {
        found.append((number, unseen))
      }
    }
    switch selection.namespaces {
    case .one(let name): look(in: name)
    case .matching(let selector):
      for (name, _) in groupsOfNamespace {
        let namespace = namespaces[name] ?? NamespaceObject(name: name, isSeen: false)
        // What is referred to and absent may have any label besides its name.
        let known = namespace.isSeen ? selector : selector.only([NamespaceObject.nameLabel])
        if known.matches(namespace.labels) { look(in: name, unseen: known == selector ? nil : name) }
      }
      found.sort { $0.number < $1.number }
    }
    return found
  }

  private mutating func truth(_ unseenNamespace: String?, in network: inout Network) -> Truth {
    guard let name = unseenNamespace else { return .yes }
    if let known = unseen[name] { return .unknown(known) }
    let reason = "the labels of the namespace \(name) are not known, for its object is not there"
    let id = network.add(Unknown(reason))
    network.gaps.append(
      Gap(.notPresent, subject: "\(cluster)/\(name)", message: "a policy selects namespaces by label, and \(reason)"))
    unseen[name] = id
    return .unknown(id)
  }

  /// The membership of the pods that are selected.
  mutating func membership(_ selection: Selection, in network: inout Network) -> MembershipID {
    if let id = known[selection] { return id }
    let place: String
    switch selection.namespaces {
    case .one(let name): place = name
    case .matching(let selector): place = selector.isEverything ? "*" : "{\(selector.text)}"
    }
    let pods = selection.pods.isEverything ? "*" : "{\(selection.pods.text)}"
    let id = network.add(
      Membership(identity: Identity(key: "\(cluster)/\(place)/pods/\(pods)", name: "pods \(place)/\(pods)")))
    known[selection] = id
    for (number, unseen) in matching(selection) { membershipsOfGroup[number][id] = truth(unseen, in: &network) }
    return id
  }

  /// A membership of groups that no selector makes.
  mutating func membership(of groups: [Int], key: String, name: String, in network: inout Network) -> MembershipID {
    let id = network.add(Membership(identity: Identity(key: "\(cluster)/\(key)", name: name)))
    for number in groups { membershipsOfGroup[number][id] = .yes }
    return id
  }

  /// The membership of every pod of the cluster.
  mutating func everyPod(in network: inout Network) -> MembershipID {
    membership(Selection(namespaces: .matching(.everything), pods: .everything), in: &network)
  }
}
