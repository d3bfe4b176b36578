"""The pages of entities side by side."""
