"""The pages of entities: the list, one entity, and its statements."""
