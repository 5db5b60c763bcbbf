import NetworkModel

/// How values of one type are saved: the same description writes and reads.
struct Form<Value> {
  let write: (Value) -> SavedValue
  let read: (SavedValue) throws -> Value
}

/// One field of a record.
struct FieldForm<Value> {
  let name: String
  /// `nil` leaves the field out.
  let write: (Value) -> SavedValue?
  /// Reads the field; `nil` where it was left out.
  let read: (inout Value, SavedValue?) throws -> Void

  /// A field that is always written.
  static func always<Part>(_ name: String, _ path: WritableKeyPath<Value, Part>, _ form: Form<Part>) -> FieldForm {
    FieldForm(name: name, write: { form.write($0[keyPath: path]) }) { value, saved in
      guard let saved else { throw SavedError("no \(name)") }
      value[keyPath: path] = try form.read(saved)
    }
  }

  /// A field that is left out where it has its usual value.
  static func usually<Part: Equatable>(
    _ usual: Part, _ name: String, _ path: WritableKeyPath<Value, Part>, _ form: Form<Part>
  ) -> FieldForm {
    FieldForm(name: name, write: { $0[keyPath: path] == usual ? nil : form.write($0[keyPath: path]) }) { value, saved in
      value[keyPath: path] = try saved.map(form.read) ?? usual
    }
  }

  /// A field that is left out where there is nothing.
  static func perhaps<Part>(_ name: String, _ path: WritableKeyPath<Value, Part?>, _ form: Form<Part>) -> FieldForm {
    FieldForm(name: name, write: { $0[keyPath: path].map(form.write) }) { value, saved in
      value[keyPath: path] = try saved.map(form.read)
    }
  }

  /// A list that is left out where it is empty.
  static func list<Part>(_ name: String, _ path: WritableKeyPath<Value, [Part]>, _ form: Form<Part>) -> FieldForm {
    let all = Form<[Part]>.list(form)
    return FieldForm(name: name, write: { $0[keyPath: path].isEmpty ? nil : all.write($0[keyPath: path]) }) {
      value, saved in
      value[keyPath: path] = try saved.map(all.read) ?? []
    }
  }
}

extension Form {
  /// A record whose fields are read into a blank.
  static func record(_ blank: @autoclosure @escaping () -> Value, _ fields: [FieldForm<Value>]) -> Form {
    Form(
      write: { value in
        .record(fields.compactMap { field in field.write(value).map { SavedValue.Field(field.name, $0) } })
      },
      read: { saved in
        guard case .record(let given) = saved else { throw SavedError("expected a record, not \(saved)") }
        for field in given where !fields.contains(where: { $0.name == field.name }) {
          throw SavedError("unknown field \(field.name)")
        }
        var value = blank()
        for field in fields { try field.read(&value, saved[field.name]) }
        return value
      })
  }

  /// Values that are written as texts.
  static func text(_ write: @escaping (Value) -> String, _ read: @escaping (String) -> Value?) -> Form {
    Form(
      write: { .text(write($0)) },
      read: { saved in
        guard case .text(let text) = saved, let value = read(text) else { throw SavedError("cannot read \(saved)") }
        return value
      })
  }

  static func list<Part>(_ form: Form<Part>) -> Form where Value == [Part] {
    Form(
      write: { .list($0.map(form.write)) },
      read: { saved in
        guard case .list(let elements) = saved else { throw SavedError("expected a list, not \(saved)") }
        return try elements.map(form.read)
      })
  }

  /// A number in one of the network's lists.
  static func reference<Thing>(_ kind: String) -> Form where Value == Identifier<Thing> {
    Form(
      write: { .reference(kind, $0.offset) },
      read: { saved in
        guard case .reference(kind, let number) = saved else { throw SavedError("expected a \(kind), not \(saved)") }
        return Identifier(number)
      })
  }

  /// One of several alternatives, each a record of one field that is named like it, or its bare name.
  static func oneOf(_ write: @escaping (Value) -> SavedValue, _ read: @escaping (String, SavedValue?) throws -> Value?)
    -> Form
  {
    Form(
      write: write,
      read: { saved in
        let value: Value?
        switch saved {
        case .text(let name): value = try read(name, nil)
        case .record(let fields) where fields.count == 1: value = try read(fields[0].name, fields[0].value)
        default: value = nil
        }
        guard let value else { throw SavedError("cannot read \(saved)") }
        return value
      })
  }
}

extension SavedValue {
  /// An alternative with what belongs to it.
  static func one(_ name: String, _ value: SavedValue) -> SavedValue { .record([Field(name, value)]) }
}

extension Form where Value == Bool {
  static var flag: Form {
    Form(
      write: { .flag($0) },
      read: { saved in
        guard case .flag(let flag) = saved else { throw SavedError("expected true or false, not \(saved)") }
        return flag
      })
  }
}

extension Form where Value == Int {
  static var number: Form {
    Form(
      write: { .number($0) },
      read: { saved in
        guard case .number(let number) = saved else { throw SavedError("expected a number, not \(saved)") }
        return number
      })
  }
}

extension Form where Value == String {
  static var plain: Form { .text({ $0 }, { $0 }) }
}
