import Foundation
import SARIF
import TestSupport
import Testing

@Suite struct SchemaTests {
  @Test(arguments: ["oasis.json", "codeql-action.json"])
  func `a log validates against the schema`(schema: String) throws {
    guard let validator = SARIFValidator(schema: schema) else { return }
    #expect(try validator.faults(in: Example.log.text) == "")
    let empty = SARIFLog(run: SARIFRun(version: "0.1.0", rules: [], results: []))
    #expect(try validator.faults(in: empty.text) == "")
  }

  @Test(arguments: ["oasis.json", "codeql-action.json"])
  func `the validator sees a fault`(schema: String) throws {
    guard let validator = SARIFValidator(schema: schema) else { return }
    let broken = Example.log.text.replacing(#""level": "error""#, with: #""level": "dire""#)
    #expect(try validator.faults(in: broken) != "")
  }
}
