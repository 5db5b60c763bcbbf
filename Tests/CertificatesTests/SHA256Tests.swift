import Certificates
import Foundation
import TestSupport
import Testing

/// The examples of FIPS 180-4 that NIST publishes, lengths around the ends of blocks, and the system's own `sha256sum`.
@Suite struct `SHA-256` {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func `gives what NIST publishes`(text: String, digest: String) {
    #expect(SHA256.digest(of: Array(text.utf8)) == digest)
  }

  @Test func `gives what NIST publishes for a million letters`() {
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(
      SHA256.digest(of: letters) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func `agrees with sha256sum at every length around a block`() throws {
    let tool = ["/usr/bin/sha256sum", "/sbin/sha256sum"].first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let tool else {
      print("skipped: there is no sha256sum here")
      return
    }
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 7)
    var expected: [String] = []
    var names: [String] = []
    for length in Array(0...2) + Array(54...66) + Array(118...130) + [4096] {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      let name = "\(length).bin"
      try Data(bytes).write(to: scratch.folder.appending(path: name))
      names.append(name)
      expected.append("\(SHA256.digest(of: bytes))  \(name)")
    }
    let process = Process()
    process.executableURL = URL(filePath: tool)
    process.arguments = names
    process.currentDirectoryURL = scratch.folder
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(output.split(separator: "\n").map(String.init) == expected)
  }
}
