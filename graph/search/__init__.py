"""Finding an entity by what somebody typed."""
