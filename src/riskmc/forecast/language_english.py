"""English formats, riskmc's own: ``29 Jun 2029``, ``EUR 61.4M``, ``1,204``, ``38%``; they need no package."""

from __future__ import annotations

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DASH = "\u2013"


class EnglishFormats:
    """How dates, numbers and money are written where nothing else is asked for."""

    name = "en"

    def day(self, value: date, parts: str) -> str:
        """Return a day, or the parts of it that are asked for: ``day month year``, ``day month``, ``month``."""
        words = {"day": str(value.day), "month": MONTHS[value.month - 1], "year": f"{value.year:04}"}
        return " ".join(words[part] for part in parts.split())

    def day_range(self, first: date, last: date) -> str:
        """Return two different days, what both share once: ``20 Jul – 23 Sep 2029``."""
        shown = "day month year" if first.year != last.year else "day" if first.month == last.month else "day month"
        return f"{self.day(first, shown)} {DASH} {self.day(last, 'day month year')}"

    def quarter(self, year: int, number: int) -> str:
        """Return a quarter of a year, the first to the fourth, the year first: ``2027 Q3``."""
        return f"{year} Q{number}"

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number from 0 upwards in groups of three digits: ``1,204.5``."""
        return f"{value:,.{decimals}f}"

    def percent(self, whole: str) -> str:
        """Return a number, in its digits already, as a percentage: ``38%``."""
        return f"{whole}%"

    def money(self, amount: str, currency: str) -> str:
        """Return an amount, in its digits already, in its currency: ``EUR 61.4M``."""
        return f"{currency} {amount}" if currency else amount

    def scaled(self, amount: str, suffix: str) -> str:
        """Return an amount in thousands (k) or millions (M): ``61.4M``."""
        return amount + suffix
