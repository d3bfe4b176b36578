"""The pages of what the site is, and the schema."""
