"""VNKG: the knowledge graph of Vietnam's innovation actors.

    import vnkg

    with vnkg.open() as g:
        answer = g.query("provinces_with_fund", fund_status=["planned", "considered"])

The names in `__all__` are the public interface; they change only with a new major version. The folders of the checkout
are this package's parts: `vnkg.graph`, `vnkg.loaders`, `vnkg.api`, `vnkg.queries`.
"""

from typing import TYPE_CHECKING, Any

from .graph.errors import VnkgError

if TYPE_CHECKING:
    from .api.python import Answer, Graph, Picture, Rows, open

__all__ = ["Answer", "Graph", "Picture", "Rows", "VnkgError", "__version__", "open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import the interface when it is first used, so that commands start without the libraries that it needs."""
    if name in __all__:
        from .api import python  # noqa: PLC0415

        return getattr(python, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
