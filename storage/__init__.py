"""Everything that knows the database: it hands out domain objects, never rows."""
