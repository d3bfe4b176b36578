"""The pages of what happened when."""
