private import CYAML

/// The events of libyaml, with byte offsets: the only file that touches the C library.
///
/// libyaml's marks count code points, not bytes, so they are turned into offsets here, once.
@safe struct YAMLEventStream: ~Copyable {
  struct Event {
    enum Kind {
      case documentStart, documentEnd
      case alias(String)
      case scalar(Text, Style)
      case sequenceStart, mappingStart
      case collectionEnd
      case streamEnd
    }

    /// Where a scalar's text is: in the file, if it stands there word for word.
    enum Text {
      case inFile(Range<Int>)
      case owned(String)
    }

    enum Style { case plain, quoted, block }

    var kind: Kind
    var anchor: String?
    var tag: String?
    var start: Int
    var end: Int
  }

  /// What libyaml says of a text that is no YAML.
  struct Failure: Error {
    var offset: Int
    var problem: String
    /// What was being read, and where it began.
    var context: (offset: Int, text: String)?
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  /// The file without its byte order mark, which libyaml would count as a column of the first line.
  private let input: UnsafeMutableBufferPointer<UInt8>
  /// How many bytes of the file stand before the input.
  private let skipped: Int
  private let offsets: CodePointOffsets

  init(_ bytes: [UInt8]) {
    skipped = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = bytes[skipped...]
    unsafe parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    unsafe input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
    _ = unsafe input.initialize(fromContentsOf: text)
    offsets = CodePointOffsets(text)
    _ = unsafe yaml_parser_initialize(parser)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, text.count)
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
      let style: Event.Style =
        switch unsafe scalar.style {
        case YAML_PLAIN_SCALAR_STYLE: .plain
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
        default: .quoted
        }
      let value = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let text = unsafe text(value, style, end: end)
      return unsafe make(.scalar(text, style), anchor: scalar.anchor, tag: scalar.tag)
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

  /// The text before the end of its scalar, or before the closing quote, if these are the same bytes.
  private func text(_ value: UnsafeBufferPointer<UInt8>, _ style: Event.Style, end: Int) -> Event.Text {
    let last = style == .quoted ? end - 1 : end
    let first = last - value.count
    if style != .block, first >= skipped,
      unsafe input[(first - skipped)..<(last - skipped)].elementsEqual(value)
    {
      return .inFile(first..<last)
    }
    return unsafe .owned(String(decoding: value, as: UTF8.self))
  }

  private func failure() -> Failure {
    func text(_ pointer: UnsafePointer<CChar>?) -> String { unsafe pointer.map { unsafe String(cString: $0) } ?? "" }
    let isReader = unsafe parser.pointee.error == YAML_READER_ERROR
    let offset =
      unsafe isReader
      ? skipped + Int(parser.pointee.problem_offset) : offsets.byte(parser.pointee.problem_mark.index)
    let context = unsafe text(parser.pointee.context)
    let begin = unsafe offsets.byte(parser.pointee.context_mark.index)
    return unsafe Failure(
      offset: offset, problem: text(parser.pointee.problem), context: context.isEmpty ? nil : (begin, context))
  }
}
