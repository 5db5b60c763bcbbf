// NetworkModelTests
