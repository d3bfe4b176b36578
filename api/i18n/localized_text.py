"""Our own texts (glosses, titles, readings, reasons) in the language of a page."""

from collections.abc import Mapping
from typing import Any

from .display_names import DisplayName


def localized_text(item: Mapping[str, Any], key: str = "gloss", language: str = "en") -> DisplayName:
    """Return our text under `key`, and its language: the Vietnamese `KEY_vi` where asked for and there, else English.

    The text is empty if the item has none.

    >>> localized_text({"gloss": "A fund.", "gloss_vi": "Một quỹ."}, language="vi").text
    'Một quỹ.'
    >>> localized_text({"reason": "Newer."}, "reason", "vi")
    DisplayName(text='Newer.', language='en')
    """
    vietnamese = item.get(f"{key}_vi") if language == "vi" else None
    return DisplayName(str(vietnamese), "vi") if vietnamese else DisplayName(str(item.get(key) or ""), "en")
