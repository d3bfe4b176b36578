"""Writing a release into a database, and reading from one release."""
