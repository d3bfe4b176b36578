"""The models of the API's answers, for OpenAPI."""
