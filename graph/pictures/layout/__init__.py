"""Graph layout: node positions and link curves, computed from box sizes and links."""
