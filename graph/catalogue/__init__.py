"""The query catalogue: reads and checks the query files and binds their parameters."""
