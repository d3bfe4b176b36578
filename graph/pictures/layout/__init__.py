"""Where nodes stand: computed from the sizes of their boxes and their links."""
