"""Questions in a reader's words: which query of the catalogue answers them, with which parameters."""
