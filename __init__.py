"""VNKG: the knowledge graph of Vietnam's innovation actors.

The folders of the checkout are the subpackages: `vnkg.graph`, `vnkg.loaders`, `vnkg.api`, `vnkg.queries`.
"""
