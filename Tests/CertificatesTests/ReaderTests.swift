import Certificates
import Diagnostics
import PacketSpace
import Testing

@Suite struct `The reader of certificates` {
  private let certificate = Certificate(
    tool: "1", options: Certificate.Options(isStrict: true, ipBlocks: "pods", external: "policy"),
    inputs: [Certificate.Input(path: "a \"b\".yaml", kind: .rules, digest: "00")], assumptions: ["a: b"], gaps: [],
    rules: [
      Certificate.Rule(
        id: "R",
        properties: [
          Certificate.Property(
            line: "forbid a -> b", verdict: .violated,
            evidence: Certificate.Evidence(violations: [
              Certificate.Violation(
                source: "a", target: "b", missing: .tcp(1),
                legs: [
                  Certificate.Leg(
                    origin: .zone("internet", by: "igw"), source: Certificate.Address(IPAddress(v4: 1)),
                    destination: Certificate.Address(IPAddress(v4: 2), unknown: 3),
                    header: .icmp(.icmp, type: 8, code: 0), asked: .anybody, placement: 1, target: "c",
                    relay: Certificate.Turn(relay: "r", listener: 1, target: 2))
                ])
            ]), assumptions: ["x"], unknowns: ["y"])
        ])
    ])

  private func read(_ text: String) -> CertificateReader {
    var sources = SourceMap()
    let file = sources.add(path: "c.json", bytes: Array(text.utf8))
    return CertificateReader(sources[file])
  }

  @Test func `reads what is written`() {
    let reader = read(certificate.text)
    #expect(reader.diagnostics == [])
    #expect(reader.certificate == certificate)
    #expect(reader.statedDigest == certificate.contentDigest)
  }

  @Test func `takes nothing that it does not know`() {
    let cases = [
      ("\"tool\":", "\"tolo\":", "is missing"), ("\"strict\": true", "\"strict\": 1", "neither true nor false"),
      ("\"version\": 1", "\"version\": 2", "version is another"), ("\"semantics\": 1", "\"semantics\": 9", "meaning"),
      ("tierproof-certificate", "something", "format"), ("icmp/8/0", "icmp/8", "no header"),
      ("\"violated\"", "\"wrong\"", "not known here"), ("\"gaps\": []", "\"gaps\": {}", "no list"),
      ("\"gaps\": []", "\"gaps\": [], \"more\": 1", "`more` is not known"), ("0.0.0.1", "0.0.0", "no address"),
    ]
    for (old, new, message) in cases {
      let text = certificate.text.replacing(old, with: new, maxReplacements: 1)
      #expect(text != certificate.text, "\(old)")
      let reader = read(text)
      #expect(reader.certificate == nil, "\(new)")
      #expect(reader.diagnostics.contains { $0.message.contains(message) }, "\(new): \(reader.diagnostics)")
    }
    for text in ["", "{}", "[1]", "x: 1", "{\"format\": \"tierproof-certificate\"}"] {
      #expect(read(text).certificate == nil)
      #expect(read(text).diagnostics != [])
    }
  }

  @Test func `names the input that differs`() {
    var inputs = certificate.inputs
    #expect(certificate.differences(fromInputs: inputs, certificate.options) == [])
    inputs[0].digest = "11"
    #expect(
      certificate.differences(fromInputs: inputs, certificate.options).first?.contains("a \"b\".yaml is another")
        == true)
    inputs[0].path = "other.yaml"
    #expect(certificate.differences(fromInputs: inputs, certificate.options).count == 2)
    var options = certificate.options
    options.isStrict = false
    #expect(certificate.differences(fromInputs: certificate.inputs, options).first?.contains("--strict") == true)
  }
}
