"""Answers of the graph as pages, commands and the API show them; no HTTP."""
