// Diagnostics: see docs/architecture.md.
