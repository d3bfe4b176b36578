"""The query files: reading, checking and binding them."""
