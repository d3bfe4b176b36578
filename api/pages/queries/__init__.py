"""The pages of queries: the list and one query."""
