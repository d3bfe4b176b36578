"""The pages of provinces by instruments."""
