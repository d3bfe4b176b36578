"""Search for entities by name, document number, office or words, tolerant of spelling and language."""
