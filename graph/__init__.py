"""The knowledge graph: model, release, engines, queries, pictures and exports. It knows nothing of HTTP or files of facts."""
