"""What a request belongs to."""

from starlette.requests import Request

from ..service.service import Service


def service_of(request: Request) -> Service:
    """Return the service that a request belongs to."""
    return request.app.state.service
