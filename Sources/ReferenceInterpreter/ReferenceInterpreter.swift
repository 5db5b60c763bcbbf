// ReferenceInterpreter: see docs/architecture.md.
