"""The matrix page: provinces by instruments."""
