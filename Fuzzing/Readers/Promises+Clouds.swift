import AWSDescribe
import AWSNetwork
import CloudFormation
import Diagnostics
import Documents
import NetworkModel

/// The front ends of AWS, and the builder behind them.
extension Promises {
  mutating func readTemplates(_ bytes: [UInt8]) {
    var sources = SourceMap()
    let documents = documents(bytes, in: &sources)
    let templates = documents.filter { $0.root["Resources"] != nil }
    let parameters = documents.filter { $0.root["Resources"] == nil }
    let stacks = templates.enumerated().map { number, template in
      StackInput(
        name: "stack-\(number)", template: template, parameterFiles: parameters, account: "111122223333",
        region: number == 0 ? "eu-west-1" : nil, env: "test")
    }
    build(CloudFormationReader.read(stacks), in: sources)
  }

  mutating func readDescribeOutput(_ bytes: [UInt8]) {
    var sources = SourceMap()
    let outputs = documents(bytes, in: &sources).map { DescribeOutput(parameters: ["pl-1", "tg-1"], document: $0) }
    build(DescribeReader.read(outputs, account: "111122223333", region: "eu-west-1", env: nil), in: sources)
  }

  private mutating func build(_ records: AWSRecords, in sources: SourceMap) {
    expectFit(records.diagnostics, in: sources)
    var network = Network()
    _ = AWSBuilder.build(records, into: &network)
    network.seal()
    for gap in network.gaps { if let range = gap.derivation.primary { expectFit(range, in: sources) } }
  }
}
