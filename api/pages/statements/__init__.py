"""The page of a statement."""
