"""The pages of interactive graphs."""
