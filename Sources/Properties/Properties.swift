// Properties: see docs/architecture.md.
