"""The about page and the schema page."""
