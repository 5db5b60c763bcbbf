import NetworkModel

/// What is known of the encryption of databases and caches.
extension AWSBuilder {
  mutating func encryption(of service: ManagedServiceRecord) -> Encryption {
    service.kind == "elasticache" ? cacheEncryption(service) : databaseEncryption(service)
  }

  private mutating func cacheEncryption(_ service: ManagedServiceRecord) -> Encryption {
    switch service.transitEncryption {
    case .known(false, _), .absent: return .plaintext
    case .unknown(let missing): return .unknown(unknown(missing))
    case .known(true, _): break
    }
    switch service.transitEncryptionMode {
    case .known("preferred", _): return .mixed
    case .unknown(let missing): return .unknown(unknown(missing))
    case .known, .absent: return .required(minimum: .tls12)
    }
  }

  private mutating func databaseEncryption(_ service: ManagedServiceRecord) -> Encryption {
    guard let engine = service.engine.value else {
      return .unknown(unknown("the engine of \(service.header.name) is not known", service.header.derivation))
    }
    guard let parameter = DatabaseDefaults.parameter(engine: engine) else {
      return .unknown(
        unknown("how \(engine) refuses plaintext is not modelled", service.header.derivation))
    }
    for group in service.parameterGroups {
      guard let number = resolve(.parameterGroup, group, from: service.header, as: "parameter group") else {
        if case .known(let reference, _) = group, reference.text.hasPrefix("default.") { continue }
        return .unknown(unknown("the parameter group of \(service.header.name) is not known", group.derivation))
      }
      let group = records.parameterGroups[number]
      let unseen: Attribute<String> = group.open.map({ .unknown($0) }) ?? .absent
      switch group.parameters[parameter] ?? unseen {
      case .known(let value, _):
        return ["1", "on", "true"].contains(value.lowercased()) ? .required(minimum: .tls12) : .mixed
      case .unknown(let missing): return .unknown(unknown(missing))
      case .absent: break
      }
    }
    guard let refuses = DatabaseDefaults.refusesPlaintext(engine: engine, version: service.engineVersion.value) else {
      return .unknown(
        unknown(
          "whether \(service.header.name) refuses plaintext hangs on its version, which is not known",
          service.header.derivation))
    }
    return refuses ? .required(minimum: .tls12) : .mixed
  }
}
