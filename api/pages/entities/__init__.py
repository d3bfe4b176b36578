"""The pages of lists of entities, and one entity."""
