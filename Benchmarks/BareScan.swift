import CYAML
import Foundation

/// libyaml reading events and nothing else: the floor that loading manifests is measured against.
enum BareScan {
  /// The number of events in all manifests of a folder.
  static func events(in texts: [Data]) -> Int {
    var count = 0
    for text in texts {
      var parser = unsafe yaml_parser_t()
      guard unsafe yaml_parser_initialize(&parser) == 1 else { continue }
      unsafe text.withUnsafeBytes { bytes in
        unsafe yaml_parser_set_input_string(
          &parser, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
        var isDone = false
        while !isDone {
          var event = unsafe yaml_event_t()
          guard unsafe yaml_parser_parse(&parser, &event) == 1 else { break }
          isDone = unsafe event.type == YAML_STREAM_END_EVENT
          count += 1
          unsafe yaml_event_delete(&event)
        }
      }
      unsafe yaml_parser_delete(&parser)
    }
    return count
  }

  /// The texts of all manifests under a folder.
  static func texts(in folder: String) -> [Data] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap {
      FileManager.default.contents(atPath: folder + "/" + $0)
    }
  }
}
