"""Languages: which one is asked for, the words of the interface, labels of what the schema names."""
