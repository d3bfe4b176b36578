"""The pages of articles: their text and their ledger."""
