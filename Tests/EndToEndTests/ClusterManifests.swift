/// A cluster of three namespaces: an entry that leads to a shop by a Service, a database that policies keep to those whom labels name.
enum ClusterManifests {
  static let project = """
    version: 1
    inputs: [{cluster: one, manifests: k8s}]

    """

  private static func deployment(_ namespace: String, _ name: String, port: Int) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: \(name), namespace: \(namespace)}
    spec:
      replicas: 2
      selector: {matchLabels: {app: \(name)}}
      template:
        metadata: {labels: {app: \(name)}}
        spec:
          containers: [{name: main, image: example, ports: [{name: main, containerPort: \(port)}]}]
    """
  }

  private static func namespace(_ name: String, team: String) -> String {
    """
    apiVersion: v1
    kind: Namespace
    metadata: {name: \(name), labels: {team: \(team)}}
    """
  }

  /// Documents by what they are about.
  static let documents: [(name: String, text: String)] = [
    ("namespace shop", namespace("shop", team: "sales")),
    ("namespace data", namespace("data", team: "store")),
    ("namespace tools", namespace("tools", team: "sales")),
    ("workload web", deployment("shop", "web", port: 8080)),
    ("workload db", deployment("data", "db", port: 5432)),
    ("workload job", deployment("tools", "job", port: 9000)),
    (
      "service web",
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {selector: {app: web}, ports: [{port: 80, targetPort: main}]}
      """
    ),
    (
      "service db",
      """
      apiVersion: v1
      kind: Service
      metadata: {name: db, namespace: data}
      spec: {selector: {app: db}, ports: [{port: 5432}]}
      """
    ),
    (
      "load balancer",
      """
      apiVersion: v1
      kind: Service
      metadata: {name: public, namespace: tools}
      spec: {type: LoadBalancer, selector: {app: job}, ports: [{port: 443, targetPort: 9000}]}
      """
    ),
    (
      "entry",
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: front, namespace: shop}
      spec:
        rules:
          - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
      """
    ),
    (
      "policy db",
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: db, namespace: data}
      spec:
        podSelector: {matchLabels: {app: db}}
        policyTypes: [Ingress]
        ingress:
          - from: [{namespaceSelector: {matchLabels: {team: sales}}, podSelector: {}}]
            ports: [{protocol: TCP, port: main}]
      """
    ),
    (
      "policy web",
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: web, namespace: shop}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress: [{to: [{namespaceSelector: {matchExpressions: [{key: team, operator: NotIn, values: [sales]}]}}]}]
      """
    ),
  ]

  /// None of them is proved while everything is there.
  static let properties = [
    "forbid shop/web -> data/db", "forbid tools/job -> data/db", "forbid tools/job -> shop/web",
    "forbid internet ~> shop/web", "forbid internet ~> tools/job", "forbid data/db -> internet",
    "only shop/web -> data/db", "isolated ns:shop, ns:data",
  ]
}
