"""Pictures of the graph: places of nodes, the drawing, a page around it, SVG."""
