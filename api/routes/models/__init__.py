"""Pydantic models of the API's responses, for the OpenAPI document."""
