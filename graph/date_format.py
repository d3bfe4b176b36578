"""Formatting of dates, periods and deadlines in English and Vietnamese."""

_PRECISIONS = {"en": ("in", "in", "on"), "vi": ("năm", "tháng", "ngày")}
"""Words before a year, a month and a day."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def format_date(text: str, language: str) -> str:
    """Format an ISO date (year, month or day) or a period of two in a language; other text is returned unchanged.

    >>> format_date("2025-12-12", "en"), format_date("2025-12", "en")
    ('12 December 2025', 'December 2025')
    >>> format_date("2025-12-12", "vi"), format_date("2025", "vi")
    ('12/12/2025', '2025')
    >>> format_date("2021/2025", "en"), format_date("2025-01/2025-06", "vi")
    ('2021–2025', '1/2025 – 6/2025')
    >>> format_date("../2030", "en")
    'by 2030'
    """
    if text.startswith("../"):
        return format_due(text, language)
    if text.count("/") == 1:
        ends = [format_date(end, language) for end in text.split("/")]
        return ("–" if text.replace("/", "").isdigit() else " – ").join(ends)
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3 or not 1 <= int([*parts, "1"][1]) <= 12:
        return text
    if language == "vi":
        return "/".join(str(int(part)) for part in reversed(parts))
    if len(parts) == 1:
        return text
    return " ".join([*(str(int(day)) for day in parts[2:]), _MONTHS[int(parts[1]) - 1], parts[0]])


def format_due(due: str, language: str) -> str:
    """Format the date or interval by which something is to be so.

    >>> [format_due(due, "en") for due in ("../2030", "2026/2030", "2030", "../2030-06-30")]
    ['by 2030', '2026–2030', 'in 2030', 'by 30 June 2030']
    >>> [format_due(due, "vi") for due in ("../2030", "2026/2030", "2030-06", "../2030-06-30")]
    ['đến năm 2030', 'giai đoạn 2026–2030', 'tháng 6/2030', 'đến ngày 30/6/2030']
    """
    is_bound, date = due.startswith("../"), due.removeprefix("../")
    text = format_date(date, language)
    if "/" in date:
        return f"giai đoạn {text}" if language == "vi" else text
    precision = _PRECISIONS[language][min(date.count("-"), 2)]
    if not is_bound:
        return f"{precision} {text}"
    return f"đến {precision} {text}" if language == "vi" else f"by {text}"
