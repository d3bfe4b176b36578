"""The pages of the data report."""
