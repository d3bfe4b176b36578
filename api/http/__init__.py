"""HTTP itself: parameters, negotiation, the envelope, problems as JSON, ready responses."""
