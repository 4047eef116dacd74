"""Text as markup: what no line may part, what is written from right to left, and what a colour's name means."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from riskmc.forecast.figures import printable
from riskmc.forecast.language import formats, marked, said
from riskmc.forecast.written import Written
from riskmc.reports.document.layout import parted
from riskmc.reports.document.leftwards import runs

if TYPE_CHECKING:
    from markupsafe import Markup

_COLOUR_WORDS = {marked("orange"): "threat", marked("blue"): "forecast", marked("green"): "gain"}
_HARMLESS = re.compile(r"[A-Za-z0-9 ,.]")


def shown(value: Any) -> Any:
    """Return text without characters that steer a page or the direction of writing; markup as it is."""
    return printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def told(text: str) -> Markup:
    """Return text as markup whose words from right to left do not pull the figures beside them along."""
    from markupsafe import Markup

    pieces = (
        Markup("<bdi>{}</bdi>").format(piece) if leftwards else piece for piece, leftwards in runs(printable(text))
    )
    return Markup("").join(pieces)


def alone(text: str) -> Markup:
    """Return the text of a cell as markup: it runs by itself, a name and its figures from right to left.

    A sentence with such a name in it runs as the page does.
    """
    from markupsafe import Markup

    plain = printable(text)
    mixed = re.search("[A-Za-z]", plain) and any(leftwards for _, leftwards in runs(plain))
    return told(plain) if mixed else Markup("<bdi>{}</bdi>").format(plain)


def held(text: str) -> Markup:
    """Return text as markup in which no line ends within a date or an amount."""
    from markupsafe import Markup

    pieces = enumerate(parted(printable(text)))
    wrapped = Markup('<span class="held">{}</span>').format
    return Markup("").join(wrapped(piece) if number % 2 else told(piece) for number, piece in pieces)


def forecast(text: str, figures: Collection[str]) -> Markup:
    """Return text as `held` does, with those dates and amounts emphasised that are ``figures`` of the forecast."""
    from markupsafe import Markup

    out = Markup("")
    for number, piece in enumerate(parted(printable(text))):
        figure, tail = (piece.rstrip(".,;:"), piece[len(piece.rstrip(".,;:")) :]) if number % 2 else ("", "")
        if figure in figures and figure:
            out += Markup('<b class="held sim">{}</b>{}').format(figure, tail)
        else:
            out += Markup('<span class="held">{}</span>').format(piece) if number % 2 else told(piece)
    return out


def promised(text: str) -> Markup:
    """Return the line below a fact as `held` does, its chance emphasised, and orange where that is below 50%."""
    from markupsafe import Markup

    chance = re.escape(said("{chance} chance", chance=formats().percent("@"))).replace("@", r"([<>]?\d+)")
    found = re.search(chance, text)
    if found is None:
        return held(text)
    share = found[1]
    bad = share.startswith("<") or (share.isdigit() and int(share) < 50)
    emphasised = Markup('<b class="held{}">{}</b>').format(" bad" if bad else "", found[0])
    return held(text[: found.start()]) + emphasised + held(text[found.end() :])


def keyed(text: str, replaced: Collection[str] = ()) -> Markup:
    """Return a subtitle with a square of its colour before every colour's name; of ``replaced`` ones the square alone.

    A theme's own colour is not orange any more, so the word for it is left out.
    """
    from markupsafe import Markup

    out, plain, place = Markup(""), printable(text), 0
    words = {said(word): name for word, name in _COLOUR_WORDS.items()}
    for word in re.finditer(rf"\b({'|'.join(map(re.escape, words))})\b", plain, re.IGNORECASE):
        name = words[word[0].lower()]
        square = f'" role="img" aria-label="{name}"></span>' if name in replaced else '"></span>' + word[0]
        out += told(plain[place : word.start()]) + Markup(f'<span class="key {name}{square}')
        place = word.end()
    return out + told(plain[place:])


def sort_value(cell: str) -> str:
    """Return by what a column is sorted: the value of a figure, an ISO date or a plain number; else nothing."""
    if not isinstance(cell, Written):
        return ""
    return cell.value.isoformat()[:10] if isinstance(cell.value, date) else f"{cell.value:.12g}"


def css_string(text: str) -> str:
    """Return text as a string of a style sheet, in which every character that could mean something is a number."""
    return '"' + "".join(c if _HARMLESS.fullmatch(c) else f"\\{ord(c):x} " for c in printable(text)) + '"'
