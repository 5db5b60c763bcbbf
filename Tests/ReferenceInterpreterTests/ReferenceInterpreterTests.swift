// ReferenceInterpreterTests
