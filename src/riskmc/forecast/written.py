"""Written figures: text as people read it that remembers its value, so that a workbook holds a number and no text."""

from __future__ import annotations

from datetime import date
from typing import Literal

Form = Literal["date", "money", "chance", "days", "number"]


class Written(str):
    """A figure as it is written, with its ``value``: ``29 Jun 2029``, ``EUR 546M``, ``38%``, ``43 days``.

    ``form`` says what kind of figure it is, ``unit`` the currency of an amount. A piece of it, or a text that it is put
    into, is plain text.
    """

    value: date | float
    form: Form
    unit: str

    def __new__(cls, text: str, value: date | float, form: Form, unit: str = "") -> Written:
        """Return ``text`` that remembers ``value``: a day, an amount in ``unit``, a share of 1, days, or a number."""
        made = super().__new__(cls, text)
        made.value, made.form, made.unit = value, form, unit
        return made

    def reworded(self, text: str) -> Written:
        """Return the same figure in other words."""
        return Written(text, self.value, self.form, self.unit)

    def __reduce__(self) -> tuple[type[Written], tuple[str, date | float, Form, str]]:
        """Return what makes an equal figure, for copies and for other processes."""
        return Written, (str(self), self.value, self.form, self.unit)
