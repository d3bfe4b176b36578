"""VNKG: the knowledge graph of Vietnam's innovation actors.

The folders of the checkout are this package's parts: `vnkg.graph`, `vnkg.loaders`, `vnkg.api`, `vnkg.queries`.
"""
