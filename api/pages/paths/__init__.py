"""The page that finds connections between two entities."""
