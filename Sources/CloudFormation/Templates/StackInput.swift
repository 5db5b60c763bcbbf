package import Documents
package import Diagnostics

/// A template deployed once: its parameters, account and region.
package struct StackInput: Sendable {
  package struct Parameter: Sendable {
    package var name: String
    /// One value, or several for a list.
    package var values: [String]
    package var range: SourceRange?

    package init(name: String, values: [String], range: SourceRange?) {
      self.name = name
      self.values = values
      self.range = range
    }
  }

  package var name: String
  package var template: Document
  /// Roots of parameter files; a later one wins.
  package var parameterFiles: [Document]
  /// Values that win over the files.
  package var parameters: [Parameter]
  package var account: String?
  package var region: String?
  package var env: String?

  package init(
    name: String, template: Document, parameterFiles: [Document] = [], parameters: [Parameter] = [],
    account: String? = nil, region: String? = nil, env: String? = nil
  ) {
    self.name = name
    self.template = template
    self.parameterFiles = parameterFiles
    self.parameters = parameters
    self.account = account
    self.region = region
    self.env = env
  }
}
