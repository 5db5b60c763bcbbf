extension AddressSet {
  /// The fewest blocks whose union is the set, in order. At most twice the family's bits for each range.
  package var prefixes: [IPPrefix] { ranges.flatMap(\.prefixes) }
}

extension AddressRange {
  /// The fewest blocks whose union is the range, in order: from the left, always the widest that fits.
  package var prefixes: [IPPrefix] {
    guard !isEmpty else { return [] }
    var result: [IPPrefix] = []
    var rest: IPAddress? = lower
    while let start = rest, start <= upper {
      let width = start.family.bitWidth
      let aligned = min(start.value.trailingZeroBitCount, width)
      // The highest power of two that is at most the number of addresses left; all of IPv6 is one more than can be said.
      let (size, overflow) = (upper.value - start.value).addingReportingOverflow(1)
      let fitting = overflow ? width : UInt128.bitWidth - 1 - size.leadingZeroBitCount
      let prefix = IPPrefix(start, length: width - min(aligned, fitting))
      result.append(prefix)
      rest = prefix.last.next
    }
    return result
  }
}
