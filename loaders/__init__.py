"""Files of facts to plain values; and the skeleton of a new article's file."""

from vnkg.loaders.read import built_in, read_facts
from vnkg.loaders.skeleton import skeleton
from vnkg.loaders.texts import Texts, faults

__all__ = ["Texts", "built_in", "faults", "read_facts", "skeleton"]
