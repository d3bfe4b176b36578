"""The data model: schema, facts, and the release that merging the facts gives. Pure code without I/O."""
