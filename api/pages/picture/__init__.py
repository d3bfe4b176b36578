"""The pages of pictures of the graph."""
