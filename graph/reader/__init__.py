"""The reading side: entities, statements, articles, paths and parts of the graph as JSON-ready values."""
