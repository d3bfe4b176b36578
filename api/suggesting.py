"""Suggestions while typing: the words that `suggest.js` shows them with."""

import json

from vnkg.api.labels import Labels
from vnkg.api.words import Words
from vnkg.graph.search import WAYS


def told(t: Words, label: Labels) -> str:
    """Return as JSON what a form with suggestions tells the script, in the language of the page."""
    # The script writes no dates.
    ways = {way: t("suggested_former" if way == "former" else f"matched_{way}") for way in WAYS}
    words = {"label": t("suggestions"), "one": t("suggested_1"), "many": t("suggested")}
    return json.dumps({**words, "types": label.types(), "ways": ways}, ensure_ascii=False)
