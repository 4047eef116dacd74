"""JSON text: records as other programs and people read them, one item a line down to a given depth."""

from __future__ import annotations

import json


def json_text(value: object, depth: int = 2) -> str:
    """Return JSON whose outermost ``depth`` levels stand one item a line, with a line end; NaN is refused."""
    return _text(value, "", depth) + "\n"


def _text(value: object, margin: str, depth: int) -> str:
    if depth == 0 or not value or not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    inner = margin + " "
    if isinstance(value, list):
        items = [_text(item, inner, depth - 1) for item in value]
    else:
        items = [
            f"{json.dumps(key, ensure_ascii=False)}: {_text(item, inner, depth - 1)}" for key, item in value.items()
        ]
    opening, closing = "[]" if isinstance(value, list) else "{}"
    between = f",\n{inner}"
    return f"{opening}\n{inner}{between.join(items)}\n{margin}{closing}"
