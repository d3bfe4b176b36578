"""The database connection: Bolt to the embedded engine or to a Neo4j server."""
