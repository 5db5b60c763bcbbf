/// A set of protocol numbers: 256 bits, kept in place.
struct ProtocolSet: Hashable, Sendable {
  private var low: UInt128
  private var high: UInt128

  private init(low: UInt128, high: UInt128) {
    self.low = low
    self.high = high
  }

  static let none = ProtocolSet(low: 0, high: 0)
  static let all = ProtocolSet(low: .max, high: .max)

  var isEmpty: Bool { low | high == 0 }

  func contains(_ number: UInt8) -> Bool { (number < 128 ? low : high) >> UInt128(number & 127) & 1 == 1 }

  mutating func insert(_ number: UInt8) {
    if number < 128 { low |= 1 << UInt128(number) } else { high |= 1 << UInt128(number & 127) }
  }

  mutating func remove(_ number: UInt8) {
    if number < 128 { low &= ~(1 << UInt128(number)) } else { high &= ~(1 << UInt128(number & 127)) }
  }

  func union(_ other: ProtocolSet) -> ProtocolSet { ProtocolSet(low: low | other.low, high: high | other.high) }

  func intersection(_ other: ProtocolSet) -> ProtocolSet { ProtocolSet(low: low & other.low, high: high & other.high) }

  func subtracting(_ other: ProtocolSet) -> ProtocolSet { ProtocolSet(low: low & ~other.low, high: high & ~other.high) }

  /// In order of number.
  var protocols: [IPProtocol] {
    (UInt8.min...UInt8.max).filter(contains).map { IPProtocol(rawValue: $0) }
  }
}
