"""Write a release to a database, and read consistently from one release."""
