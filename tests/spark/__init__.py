"""A real Spark for tests, which needs a Java."""
