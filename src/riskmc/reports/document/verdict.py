"""Verdicts: the words for the chance of a date or a budget, from one table (`report` pages and terminal alike)."""

from __future__ import annotations

from bisect import bisect

from riskmc.forecast.figures import whole_percent
from riskmc.forecast.language import marked, said

LIMITS = (10, 30, 50, 51, 70, 91)  # a chance in printed percents from each of them on: the next words
DATE_WORDS = (
    marked("will almost certainly finish late"),
    marked("will probably finish late"),
    marked("will more likely than not finish late"),
    marked("is as likely as not to finish on time"),
    marked("is more likely than not to finish on time"),
    marked("will probably finish on time"),
    marked("will almost certainly finish on time"),
)
BUDGET_WORDS = (
    marked("will almost certainly overrun its budget"),
    marked("will probably overrun its budget"),
    marked("will more likely than not overrun its budget"),
    marked("is as likely as not to stay within its budget"),
    marked("is more likely than not to stay within its budget"),
    marked("will probably stay within its budget"),
    marked("will almost certainly stay within its budget"),
)


def pronounce(probability: float, words: tuple[str, ...]) -> str:
    """Return the verdict on a target that is met with ``probability``, in the ``words`` of a date or of a budget.

    The chance counts as it is printed, in whole percents, so that words and number never disagree.
    """
    return said(words[bisect(LIMITS, whole_percent(probability))])
