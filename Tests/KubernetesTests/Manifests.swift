import Diagnostics
import Documents
import Foundation
import Kubernetes
import NetworkModel
import PacketSpace
import Reachability
import TestSupport

/// A cluster made from text, with its engine.
struct Cluster {
  var network = Network()
  var result: KubernetesBuildResult
  var engine: Engine
  var sources = SourceMap()
  var names: [String: EndpointID] = [:]

  init(_ text: String, options: ClusterOptions = ClusterOptions()) {
    self.init(files: [("cluster.yaml", Array(text.utf8))], options: options)
  }

  init(directory: URL, options: ClusterOptions) throws {
    var files: [(String, [UInt8])] = []
    for ext in ["yaml", "yml", "json"] {
      for file in SharedCorpora.files(in: directory, withExtension: ext) {
        files.append((file.lastPathComponent, Array(try Data(contentsOf: file))))
      }
    }
    self.init(files: files, options: options)
  }

  init(files: [(String, [UInt8])], options: ClusterOptions) {
    var documents: [Document] = []
    var diagnostics: [Diagnostic] = []
    for (path, bytes) in files {
      let file = sources.add(path: path, bytes: bytes)
      let read = DocumentReader.read(sources[file])
      documents += read.documents
      diagnostics += read.diagnostics
    }
    result = KubernetesBuilder.build(documents, options: options, into: &network)
    result.diagnostics = diagnostics + result.diagnostics
    network.seal()
    engine = Engine(network)
    for pod in result.pods {
      let endpoint = network[pod.endpoint]
      for alias in endpoint.identity.aliases where names[alias.text] == nil { names[alias.text] = pod.endpoint }
    }
  }

  func connection(_ source: String, _ destination: String) -> Connection {
    guard let from = names[source], let to = names[destination] else { return .nothing }
    return engine.connection(.endpoint(from), .endpoint(to))
  }

  /// What surely passes, as traffic is printed; `none` also where an end is not there.
  func must(_ source: String, _ destination: String) -> String {
    connection(source, destination).answered.must.portListing ?? "none"
  }

  func may(_ source: String, _ destination: String) -> String {
    connection(source, destination).answered.may.portListing ?? "none"
  }

  /// Messages, with what they point at.
  var messages: [String] { result.diagnostics.map(\.message) }
}
