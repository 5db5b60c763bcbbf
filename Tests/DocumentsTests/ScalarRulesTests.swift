import Diagnostics
import Documents
import Testing

@Suite struct `Scalar rules` {
  @Test(arguments: [
    ("y", "true"), ("Y", "true"), ("yes", "true"), ("Yes", "true"), ("YES", "true"), ("on", "true"), ("On", "true"),
    ("ON", "true"), ("true", "true"), ("True", "true"), ("TRUE", "true"),
    ("n", "false"), ("N", "false"), ("no", "false"), ("No", "false"), ("NO", "false"), ("off", "false"),
    ("Off", "false"), ("OFF", "false"), ("false", "false"), ("False", "false"), ("FALSE", "false"),
    ("~", "null"), ("null", "null"), ("Null", "null"), ("NULL", "null"), ("---", "null"),
    ("0", "0"), ("-0", "0"), ("+7", "7"), ("-12", "-12"), ("0777", "511"), ("-0777", "-511"), ("0o17", "15"),
    ("0x1F", "31"), ("0X1f", "31"), ("0b101", "5"), ("1_000", "1000"), ("0x_1F", "31"), ("08", "8"),
    ("0123456789", "123456789"),
    ("9223372036854775807", "9223372036854775807"), ("9223372036854775808", "big 9223372036854775808"),
    ("1e3", "1000.0f"), ("1E3", "1000.0f"), ("1e+3", "1000.0f"), ("-1.5e-1", "-0.15f"), ("1.", "1.0f"), (".5", "0.5f"),
    ("-.5", "-0.5f"), ("1_0.5", "10.5f"), (".inf", "inff"), ("+.inf", "inff"), ("-.Inf", "-inff"), (".nan", "nanf"),
  ])
  func `a plain scalar is what Kubernetes clients take it for`(text: String, outline: String) throws {
    #expect(try root(text).outline == outline)
  }

  @Test(arguments: [
    "yEs", "oN", "tRUE", "nULL", "yes!", "10.0.0.0/8", "1:30", "1:30:00", "2026-01-01", "2026-01-01T00:00:00Z",
    "0x", "0xG", "0b2", "0o8", "1e", "1e3.5", "e3", ".", "+", "1.2.3", "+-1", "_1", "=", "::/0", "80/tcp", "<<",
    ".infinity", "nan", "inf", "--1", "0x1p3", "1-1", "deadbeef", "1f",
  ])
  func `any other plain scalar is text`(text: String) throws {
    #expect(try root("a: \(text)")["a"]?.string == text)
  }

  @Test(arguments: [
    "\"y\"", "'1'", "\"~\"", "'0777'", "\"\"", "'null'", "!!str 1", "!!str y", "!!str", "! 1", "|\n 1", ">\n y",
  ])
  func `what is quoted, in a block or tagged as text is text`(text: String) throws {
    #expect(try root(text).kind == .string)
  }

  @Test(
    arguments: [
      ("!!int 7", "7"), ("!!float 1", "1.0f"), ("!!bool yes", "true"), ("!!null ''", "null"),
      ("!!str 0x1", "\"0x1\""), ("!!binary aGk=", "\"aGk=\""), ("!!timestamp 2026-01-01", "\"2026-01-01\""),
    ])
  func `a tag of YAML's own settles the kind`(text: String, outline: String) throws {
    #expect(try root(text).outline == outline)
  }

  @Test(arguments: ["!!int x", "!!bool 1", "!!float a", "!!null 0"])
  func `a text that is not what its tag says is refused`(text: String) {
    #expect(read(text).diagnostics.map(\.code) == ["TP0123"])
  }

  @Test(arguments: [
    ("!Ref y", "!Ref \"y\""), ("!Condition No", "!Condition \"No\""), ("!Sub '0777'", "!Sub \"0777\""),
    ("!GetAtt A.Arn", "!GetAtt \"A.Arn\""), ("!Join [1, [a, b]]", "!Join [1, [\"a\", \"b\"]]"),
    ("!Fn {a: 1}", "!Fn {a: 1}"), ("!Ref", "!Ref \"\""),
    ("%TAG ! tag:example.com,2026:\n---\n!x 1", "tag:example.com,2026:x \"1\""),
  ])
  func `an application's tag is kept, and what it is on is text`(text: String, outline: String) throws {
    #expect(try root(text).outline == outline)
  }

  @Test func `the words of a scalar are there whatever its kind`() throws {
    let node = try root("[0777, 1e3, y, ~, '2', \"a\\tb\"]")
    #expect(node.elements.map(\.text) == ["0777", "1e3", "y", "~", "2", "a\tb"])
    #expect(node.elements.map(\.string) == [nil, nil, nil, nil, "2", "a\tb"])
    #expect(node.elements.map(\.integer) == [511, nil, nil, nil, nil, nil])
    #expect(node.elements.map(\.double) == [511, 1000, nil, nil, nil, nil])
    #expect(node.text == nil)
  }
}
