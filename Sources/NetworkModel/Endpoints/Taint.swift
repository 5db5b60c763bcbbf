/// What keeps workloads off a machine unless they tolerate it ("Taints and Tolerations").
package struct Taint: Hashable, Sendable {
  package var key: String
  package var value: String
  /// `NoSchedule`, `PreferNoSchedule` or `NoExecute`, in the spelling of whoever stated it.
  package var effect: String

  package init(key: String, value: String, effect: String) {
    self.key = key
    self.value = value
    self.effect = effect
  }
}
