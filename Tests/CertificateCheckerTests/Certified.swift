import CertificateChecker
import Certificates
import Language
import NetworkModel
import PacketSpace
import Properties
import TestSupport

/// A network with the certificate of some properties, and the check of it.
struct Certified {
  let network: Network
  let lines: [String]
  let certificate: Certificate

  init(_ network: Network, _ lines: [String]) throws {
    self.network = network
    self.lines = lines
    let evaluator = Evaluator(Evaluator.Ground(network))
    let keys = ModelKeys(network)
    var properties: [Certificate.Property] = []
    for line in lines {
      let verdict = try evaluator.verdict(try Parser.property(line))
      properties.append(try evaluator.certified(verdict, line: line, keys: keys) { _ in nil })
    }
    certificate = Certificate(
      tool: "test", options: Certificate.Options(isStrict: false, ipBlocks: nil, external: "exposed"),
      inputs: [Certificate.Input(path: "a.yaml", kind: .input, digest: SHA256.digest(of: [1]))],
      assumptions: Set(network.assumptions.map(\.certified)).sorted(),
      gaps: Set(network.gaps.map(\.certified)).sorted(),
      rules: [Certificate.Rule(id: "R-1", properties: properties)])
  }

  /// What the checker says of a certificate over this network.
  func recheck(_ certificate: Certificate? = nil) -> [Recheck] {
    CertificateChecker(network).check(
      certificate ?? self.certificate, rules: [CertificateChecker.RuleLines(id: "R-1", lines: lines)])
  }

  /// Everything that a command would say against a certificate: differences of what is given, and properties that are not confirmed.
  func objections(_ certificate: Certificate) -> [String] {
    let checker = CertificateChecker(network)
    return certificate.differences(fromInputs: self.certificate.inputs, self.certificate.options)
      + checker.givenThatDiffers(certificate)
      + recheck(certificate).filter { $0.outcome != .confirmed }.map { "\($0.line): \($0.outcome)" }
  }
}

/// Prod behind a balancer, a bastion, and a host of another environment that the internet reaches as well.
enum Small {
  static func estate(databaseAdmits block: String = "10.0.2.0/24") -> Network {
    var estate = Estate()
    let front = estate.segment(1)
    let inner = estate.segment(2, isPublic: false)
    let data = estate.segment(3, isPublic: false)
    let web = estate.group("sg-alb", [Estate.admit(.tcp(443))])
    let balancer = estate.host(
      "alb", in: front, "10.0.1.10", public: "203.0.113.10", layers: [web], kind: "alb", env: "prod",
      accepts: .tcp(443))
    let ssh = estate.group("sg-bastion", [Estate.admit(.tcp(22), from: "198.51.100.0/24")])
    estate.host("bastion", in: front, "10.0.1.20", public: "203.0.113.11", layers: [ssh], env: "prod")
    let closed = estate.group("sg-dev", [])
    estate.host("dev", in: front, "10.0.1.30", public: "203.0.113.12", layers: [closed], env: "dev")
    let app = estate.group("sg-app", [Estate.admit(.tcp(8080), from: "10.0.1.10/32")])
    let target = estate.host("app", in: inner, "10.0.2.10", layers: [app], env: "prod", tags: ["tier": "app"])
    let store = estate.group("sg-db", [Estate.admit(.tcp(5432), from: block)])
    estate.host("db", in: data, "10.0.3.10", layers: [store], env: "prod", tags: ["tier": "database"])
    estate.balancer("alb-relay", at: balancer, port: 443, to: target, targetPort: 8080, inner: .plaintext)
    estate.network.seal()
    return estate.network
  }

  static let proved = [
    "forbid internet ~> db", "forbid internet -> app", "only app -> db", "isolated env:prod, env:dev",
    "every internet ~> app via name:alb", "encrypted internet -> alb", "require app -> db on tcp/5432",
    "all app | db have label tier",
  ]

  static let violated = [
    "forbid internet -> any on ssh", "forbid internet ~> app", "only bastion -> db", "encrypted alb -> app",
    "require dev -> db on tcp/5432", "every internet ~> app via name:bastion", "all kind:instance have label tier",
  ]

  static let vacuous = ["forbid kind:rds -> db"]
}
