"""The data report page."""
