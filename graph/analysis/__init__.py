"""The graph for graph analysis."""
