"""Access to the service from a request."""

from starlette.requests import Request

from ..service.service import Service


def service_of(request: Request) -> Service:
    """Return the service of the application that handles a request."""
    return request.app.state.service
