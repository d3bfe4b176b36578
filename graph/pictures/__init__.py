"""Pictures of the graph: layout, drawing, interactive HTML page, SVG."""
