// PropertiesTests
