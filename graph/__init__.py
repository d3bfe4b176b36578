"""The knowledge graph: model, release, engines, queries, pictures and exports; no HTTP, no files of facts."""
