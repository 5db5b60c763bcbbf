/// Where a describe call's output lies, and what its folders say of it: `accounts/<id>/<region>/` or `<region>/`.
struct CollectionPlace: Equatable {
  /// The folder that holds the accounts or regions, or the files themselves.
  var base: String
  var account: String?
  var region: String?

  init(of path: FilePath) {
    var folders = FilePath.parent(of: path.real).split(separator: "/").map(String.init)
    if let last = folders.last, Self.isRegion(last) {
      region = last
      folders.removeLast()
      if folders.count >= 2, folders[folders.count - 2] == "accounts" {
        account = folders.removeLast()
        folders.removeLast()
      }
    }
    base = folders.joined(separator: "/")
  }

  /// Two letters, words, a number: `us-gov-west-1`.
  private static func isRegion(_ name: String) -> Bool {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, let first = parts.first, first.count == 2, let last = parts.last, !last.isEmpty else {
      return false
    }
    let isWord = { (part: Substring) in !part.isEmpty && part.utf8.allSatisfy { (0x61...0x7A).contains($0) } }
    return parts.dropLast().allSatisfy(isWord) && last.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
