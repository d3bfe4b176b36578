"""The pages of the site: one folder each, with its code, templates, words and style. A new folder is a new page."""
