"""What routes and pages share of HTTP: parameters, content negotiation, JSON envelope, problems, response cache."""
