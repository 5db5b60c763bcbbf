/// What a check found out, written down so that code which is not the engine's can check it again: every property with its verdict and
/// the evidence, the inputs by their hashes, and everything that is taken for granted.
///
/// `docs/certificates.md` describes the file field by field.
package struct Certificate: Hashable, Sendable {
  /// What the file says that it is.
  package static let format = "tierproof-certificate"
  /// The version of the form. A reader takes its own only.
  package static let version = 1
  /// The version of the meaning: of the walk, the layers and the language. Evidence of another one says nothing.
  package static let semantics = 1

  /// The version of the program that wrote it.
  package var tool: String
  package var options: Options
  /// Every file that was read, by path.
  package var inputs: [Input]
  /// Every default that was taken, and every gap: what all of it rests on.
  package var assumptions: [String]
  package var gaps: [String]
  package var rules: [Rule]

  package init(
    tool: String, options: Options, inputs: [Input], assumptions: [String], gaps: [String], rules: [Rule]
  ) {
    self.tool = tool
    self.options = options
    self.inputs = inputs
    self.assumptions = assumptions
    self.gaps = gaps
    self.rules = rules
  }
}

extension Certificate {
  /// How the inputs were read, as far as the command line says it.
  package struct Options: Hashable, Sendable {
    package var isStrict: Bool
    /// `pods`, `external`, or nothing said.
    package var ipBlocks: String?
    package var external: String

    package init(isStrict: Bool, ipBlocks: String?, external: String) {
      self.isStrict = isStrict
      self.ipBlocks = ipBlocks
      self.external = external
    }
  }

  /// A file that was read.
  package struct Input: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
      /// The project file, parameter files, and what is loaded.
      case input
      /// A project's own rules.
      case rules
      /// Rules that come with the program.
      case pack
    }

    package var path: String
    package var kind: Kind
    /// SHA-256, in hexadecimal digits.
    package var digest: String

    package init(path: String, kind: Kind, digest: String) {
      self.path = path
      self.kind = kind
      self.digest = digest
    }
  }

  package struct Rule: Hashable, Sendable {
    package var id: String
    package var properties: [Property]

    package init(id: String, properties: [Property]) {
      self.id = id
      self.properties = properties
    }
  }

  package enum Verdict: String, Hashable, Sendable, CaseIterable {
    case proved, violated, undecided, vacuous
  }

  /// A line of a rule, with what became of it and why.
  package struct Property: Hashable, Sendable {
    /// In the words of the language.
    package var line: String
    package var verdict: Verdict
    package var evidence: Evidence
    /// The defaults that the verdict rests on.
    package var assumptions: [String]
    /// What decides, where it is undecided.
    package var unknowns: [String]

    package init(line: String, verdict: Verdict, evidence: Evidence, assumptions: [String], unknowns: [String]) {
      self.line = line
      self.verdict = verdict
      self.evidence = evidence
      self.assumptions = assumptions
      self.unknowns = unknowns
    }
  }

  /// Why a verdict is what it is.
  package struct Evidence: Hashable, Sendable {
    /// Of a proof: one for each direction that it speaks about.
    package var proofs: [ClosedSet]
    /// Of a structural predicate that is proved: everything that has what it asks for.
    package var subjects: [String]
    /// What of a proof people read: the layers and missing ways that hold it up.
    package var cut: [CutMember]
    package var violations: [Violation]

    package init(
      proofs: [ClosedSet] = [], subjects: [String] = [], cut: [CutMember] = [], violations: [Violation] = []
    ) {
      self.proofs = proofs
      self.subjects = subjects
      self.cut = cut
      self.violations = violations
    }

    package static let none = Evidence()
  }
}
