"""The pages of how two entities are connected."""
