"""Texts of one cell that say more than a text: lists, JSON, and the errors that spreadsheets write."""

from __future__ import annotations

import json
from typing import Any

ERRORS = ("#REF!", "#N/A", "#NAME?", "#DIV/0!", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA")
JSON = ('"', "[", "{")


def word(value: Any) -> str:
    """Return a single value as a program file says it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def listed(text: str, signs: str = ";\n") -> list[str]:
    """Return the items of a list: parted by ``;`` or a new line, outside of double quotes and parentheses."""
    if text.startswith("["):
        found = any_value(text)
        if isinstance(found, list):
            return [word(item) for item in found]
    items, start, depth, quoted = [], 0, 0, False
    for place, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign in "()":
            depth += 1 if sign == "(" else -1
        elif not quoted and depth <= 0 and sign in signs:
            items.append(text[start:place])
            start = place + 1
    return [item.strip() for item in (*items, text[start:]) if item.strip()]


def any_value(text: str) -> Any:
    """Return the value of a cell that may hold JSON: a quoted text, a list or a mapping; else the text itself."""
    if not text.startswith(JSON):
        return text
    try:
        return as_texts(json.loads(text))
    except (ValueError, RecursionError):
        return text


def as_texts(value: Any) -> Any:
    """Return a value of JSON with every single value as text."""
    if isinstance(value, dict):
        return {name: as_texts(part) for name, part in value.items()}
    return list(map(as_texts, value)) if isinstance(value, list) else "" if value is None else word(value)
