// PacketSpace: see docs/architecture.md.
