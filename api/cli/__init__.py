"""The `vnkg` command."""
