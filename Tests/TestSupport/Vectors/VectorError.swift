/// A vector file that does not have the form that its README gives.
package struct VectorError: Error, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}
