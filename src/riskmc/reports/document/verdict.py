"""Verdicts: the words for the chance of a date or a budget, from one table (`report` pages and terminal alike)."""

from __future__ import annotations

from riskmc.forecast.figures import whole_percent

VERDICTS = (  # chance in printed percents below the first number: these words
    (10, "will almost certainly {fail}"),
    (30, "will probably {fail}"),
    (50, "will more likely than not {fail}"),
    (51, "is as likely as not to {meet}"),
    (70, "is more likely than not to {meet}"),
    (91, "will probably {meet}"),
    (101, "will almost certainly {meet}"),
)
DATE_WORDS = {"fail": "finish late", "meet": "finish on time"}
BUDGET_WORDS = {"fail": "overrun its budget", "meet": "stay within its budget"}


def pronounce(probability: float, words: dict[str, str]) -> str:
    """Return the verdict on a target that is met with ``probability``, in the ``words`` of a date or of a budget.

    The chance counts as it is printed, in whole percents, so that words and number never disagree.
    """
    percent = whole_percent(probability)
    return next(text for limit, text in VERDICTS if percent < limit).format(**words)
