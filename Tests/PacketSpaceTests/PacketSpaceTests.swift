// PacketSpaceTests
