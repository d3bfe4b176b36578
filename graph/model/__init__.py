"""What exists: schema, facts, their merge, and the release built of them. Pure."""
