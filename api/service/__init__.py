"""What every request and every command shares: settings, the open graph, the release that is stored."""
