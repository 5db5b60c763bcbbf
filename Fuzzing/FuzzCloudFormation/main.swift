import FuzzReaders

/// What libFuzzer calls, again and again; its own library has `main`.
@_cdecl("LLVMFuzzerTestOneInput")
package func test(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  unsafe FuzzReader.cloudformation.runOrStop(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
