"""The pages of queries."""
