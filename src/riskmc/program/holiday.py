"""Holiday dates of a country or a part of one, written out so that a program no longer depends on any library.

Calendars say ``holidays: NL``, ``US-CA`` or ``DE-BY`` (ISO 3166 codes). When the program is made, the code becomes
dates; these are part of the program's hash and are written out by ``convert`` (semantics T4).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date
from typing import Any

from riskmc.errors import ArgumentError, joined


def holiday_dates(code: str, first: date, last: date) -> tuple[date, ...]:
    """Return the public holidays of ``code`` from ``first`` to ``last``, both included, in order, each once.

    ``code`` is a country ("NL") or a country and a subdivision ("US-CA"); days given off because a holiday falls
    in a weekend count, bank, school and half holidays do not. Moon-dependent dates of the future are estimates.
    Raises ArgumentError for an unknown code, naming the nearest known one. Source: the ``holidays`` library.
    """
    import holidays

    country, _, subdivision = code.partition("-")
    _refuse_unknown(code, country, subdivision, holidays)
    years = range(first.year - 1, last.year + 2)  # a holiday of January may be observed in the December before
    found = holidays.country_holidays(country, subdivision or None, years=years, categories=("public",))
    return tuple(sorted(day for day in found if first <= day <= last))


def _refuse_unknown(code: str, country: str, subdivision: str, holidays: Any) -> None:
    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        raise ArgumentError(f"no holidays are known for {code!r}{joined(_nearest_country(country), _ALLOWED)}")
    if subdivision and subdivision not in known[country]:
        hint = _meant(f"{country}-{part}" for part in _close(subdivision.upper(), known[country]))
        parts = f"one of {', '.join(known[country])}" if known[country] else f"{country} alone"
        told = joined(hint, f"allowed after {country}: {parts}")
        raise ArgumentError(f"no holidays are known for {code!r}{told}")
    if code.endswith("-"):
        raise ArgumentError(f"no holidays are known for {code!r}{joined(_meant([country]), _ALLOWED)}")


_ALLOWED = "allowed: a country (NL) or a country and a subdivision (US-CA) by their ISO 3166 codes"


def _nearest_country(word: str) -> str:
    """Return the hint for a country written in small letters, by its name, or with a slip of the pen."""
    from holidays.registry import COUNTRIES

    codes = {spelled.lower(): names[1] for key, names in COUNTRIES.items() for spelled in (key, *names)}
    return _meant(codes[spelled] for spelled in _close(word.replace(" ", "_").lower(), codes))


def _close(word: str, known: Iterable[str]) -> list[str]:
    return difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)


def _meant(codes: Iterable[str]) -> str:
    first = next(iter(codes), None)
    return f"; did you mean {first!r}?" if first else ""
