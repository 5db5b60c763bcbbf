// SARIF: see docs/architecture.md.
