"""Internationalization: language negotiation, interface texts, labels of schema terms."""
