import Diagnostics
import Snapshots
import TestSupport
import Testing

/// What all inputs of a run may ask together.
@Suite struct `Limits of a run` {
  private static let pod = "{apiVersion: v1, kind: Pod, metadata: {name: web}}\n"

  private func said(_ scratch: Scratch, _ limits: InputLimits, below path: String = "") -> [String] {
    SnapshotInputs(SnapshotRequest(paths: [scratch.path(path)]), limits: limits).diagnostics.filter {
      $0.severity == .error
    }.map { "\($0.code) \($0.message)" }
  }

  private func expect(
    _ scratch: Scratch, _ limit: WritableKeyPath<InputLimits, Int>, fits enough: Int, _ words: String,
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(said(scratch, limits(limit, enough)) == [], sourceLocation: location)
    let beyond = said(scratch, limits(limit, enough - 1))
    #expect(beyond.contains { $0.contains(words) }, "\(beyond)", sourceLocation: location)
  }

  @Test func `the bytes of all files`() throws {
    let scratch = try Scratch(["a.yaml": Self.pod, "b.yaml": Self.pod])
    expect(scratch, \.totalBytes, fits: Self.pod.utf8.count * 2, "all that was read is larger than")
  }

  @Test func `files and folders`() throws {
    let scratch = try Scratch(["a.yaml": Self.pod, "f/b.yaml": Self.pod, "f/c.txt": ""])
    expect(scratch, \.files, fits: 5, "there are more than 4 files and folders")
  }

  @Test func `folders in each other`() throws {
    let scratch = try Scratch(["a.yaml": Self.pod, "1/2/3/b.yaml": Self.pod])
    expect(scratch, \.folderDepth, fits: 3, "folders lie more than 2 deep at")
  }

  @Test func `folders that are looked through again count again`() throws {
    let scratch = try Scratch([
      "tierproof.yaml": "version: 1\ninputs: [{cluster: a, manifests: k}, {cluster: b, manifests: k}]\n",
      "k/pod.yaml": Self.pod,
    ])
    expect(scratch, \.files, fits: 4, "there are more than 3 files and folders")
  }

  @Test func `inputs of a project file`() throws {
    let scratch = try Scratch([
      "tierproof.yaml":
        "version: 1\ninputs: [{cluster: a, manifests: [a.yaml, b.yaml]}, {cluster: b, manifests: a.yaml}]\n",
      "a.yaml": Self.pod, "b.yaml": Self.pod,
    ])
    expect(scratch, \.inputs, fits: 3, "TP0222 the project file names more than 2 inputs")
  }

  @Test func `documents that are deployed again`() throws {
    let scratch = try Scratch([
      "tierproof.yaml":
        "version: 1\ninputs: [{cluster: a, manifests: a.yaml}, {cluster: b, manifests: a.yaml}, {cluster: c, manifests: a.yaml}]\n",
      "a.yaml": "[1]\n---\n" + Self.pod,
    ])
    // A document of nine values, deployed twice more.
    expect(scratch, \.repeatedNodes, fits: 18, "TP0237 documents that are deployed several times hold more than 17")
  }
}
