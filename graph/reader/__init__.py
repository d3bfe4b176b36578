"""Reading: entities, statements, articles, paths and subgraphs as JSON-ready values."""
