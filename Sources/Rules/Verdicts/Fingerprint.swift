/// A number that stays the same for the same words: FNV-1a of 128 bits (RFC 9923), which needs no library.
enum Fingerprint {
  static func of(_ parts: [String]) -> String {
    var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b
    for part in parts {
      for byte in part.utf8 {
        hash ^= UInt128(byte)
        hash = hash &* prime
      }
      // No part holds this byte, so that parts cannot run into each other.
      hash ^= 0xFF
      hash = hash &* prime
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}
