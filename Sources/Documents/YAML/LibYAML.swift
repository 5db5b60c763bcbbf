private import CYAML

/// The events of libyaml, with byte offsets: the only file that touches the C library.
///
/// libyaml's marks count code points, not bytes, so they are turned into offsets here, once.
@safe struct YAMLEventStream: ~Copyable {
  struct Event {
    enum Kind {
      case documentStart, documentEnd
      case alias(String)
      case scalar(text: String, isPlain: Bool)
      case sequenceStart, mappingStart
      case collectionEnd
      case streamEnd
    }
    var kind: Kind
    var anchor: String?
    var tag: String?
    var start: Int
    var end: Int
  }

  struct Failure: Error {
    var offset: Int
    var problem: String
    var context: String
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let offsets: CodePointOffsets

  init(_ bytes: [UInt8]) {
    unsafe parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    unsafe input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    _ = unsafe input.update(fromContentsOf: bytes)
    offsets = CodePointOffsets(bytes)
    _ = unsafe yaml_parser_initialize(parser)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  /// The next event that says something; the start of the stream says nothing.
  mutating func next() throws(Failure) -> Event {
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure() }
      defer { unsafe yaml_event_delete(&event) }
      if let found = unsafe translate(event) { return found }
    }
  }

  private func translate(_ event: yaml_event_t) -> Event? {
    let start = unsafe offsets.byte(event.start_mark.index)
    let end = unsafe offsets.byte(event.end_mark.index)
    func make(_ kind: Event.Kind, anchor: UnsafeMutablePointer<UInt8>? = nil, tag: UnsafeMutablePointer<UInt8>? = nil)
      -> Event
    {
      unsafe Event(
        kind: kind, anchor: anchor.map { unsafe String(cString: $0) }, tag: tag.map { unsafe String(cString: $0) },
        start: start, end: end)
    }
    switch unsafe event.type {
    case YAML_DOCUMENT_START_EVENT: return make(.documentStart)
    case YAML_DOCUMENT_END_EVENT: return make(.documentEnd)
    case YAML_STREAM_END_EVENT: return make(.streamEnd)
    case YAML_ALIAS_EVENT: return unsafe make(.alias(String(cString: event.data.alias.anchor)))
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let text = unsafe String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
      return unsafe make(.scalar(text: text, isPlain: isPlain), anchor: scalar.anchor, tag: scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      let data = unsafe event.data.sequence_start
      return unsafe make(.sequenceStart, anchor: data.anchor, tag: data.tag)
    case YAML_MAPPING_START_EVENT:
      let data = unsafe event.data.mapping_start
      return unsafe make(.mappingStart, anchor: data.anchor, tag: data.tag)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return make(.collectionEnd)
    default: return nil
    }
  }

  private func failure() -> Failure {
    func text(_ pointer: UnsafePointer<CChar>?) -> String { unsafe pointer.map { unsafe String(cString: $0) } ?? "" }
    let isReader = unsafe parser.pointee.error == YAML_READER_ERROR
    let offset = unsafe isReader ? Int(parser.pointee.problem_offset) : offsets.byte(parser.pointee.problem_mark.index)
    return unsafe Failure(
      offset: offset, problem: text(parser.pointee.problem), context: text(parser.pointee.context))
  }
}

/// Byte offsets of code points: the identity for ASCII, else a table of every 64th.
private struct CodePointOffsets {
  private let bytes: [UInt8]
  private let skipped: Int
  private var table: [Int]?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    skipped = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard bytes.contains(where: { $0 >= 0x80 }) else { return }
    var starts: [Int] = []
    var count = 0
    for offset in skipped..<bytes.count where bytes[offset] & 0xC0 != 0x80 {
      if count % 64 == 0 { starts.append(offset) }
      count += 1
    }
    table = starts
  }

  func byte(_ codePoint: Int) -> Int {
    guard let table else { return min(codePoint, bytes.count) }
    guard codePoint / 64 < table.count else { return bytes.count }
    var offset = table[codePoint / 64]
    for _ in 0..<(codePoint % 64) {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return min(offset, bytes.count)
  }
}
