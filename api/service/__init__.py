"""State shared by all requests and commands: settings, the open graph, the stored release."""
