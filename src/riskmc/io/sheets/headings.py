"""Headings of a company's tables: what a column is about, by its usual names, with its unit, its stage and its part.

``Pre-mitigation cost (EUR k), most likely`` is the cost, inherent, the mode, in thousands. Capitals, order, brackets
and the heading above a group of columns are all understood; what is not known is None, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+|[#%€$£]")
_SCALE = re.compile(
    r"[(\[]\s*(\d{1,2}\s*(-|–|to|\.\.)\s*\d{1,2}|[a-z]{1,2}(\s*(/|,|-|–)\s*[a-z]{1,2})+)\s*[)\]]", re.IGNORECASE
)  # the steps of a scale: (1-5), (VL-VH), (L/M/H)

STAGES = {
    "inherent": (
        "pre mitigation", "pre response", "pre mitigated", "pre treatment", "before mitigation", "before response",
        "before treatment", "without mitigation", "inherent", "initial", "gross", "raw", "unmitigated", "uncontrolled",
        "pre",
    ),
    "current": ("current", "today", "now", "actual"),
    "residual": ("residual", "net"),
    "target": (
        "post mitigation", "post response", "post mitigated", "post treatment", "after mitigation", "after response",
        "after treatment", "with mitigation", "target", "mitigated", "post",
    ),
}  # fmt: skip
PARTS = {
    "low": ("low", "lowest", "min", "minimum", "optimistic", "best case", "best", "lower", "bc"),
    "mode": ("most likely", "likely", "mode", "ml", "realistic", "most probable"),
    "high": ("high", "highest", "max", "maximum", "pessimistic", "worst case", "worst", "upper", "wc"),
}
TIMES = {
    "d": ("working days", "working day", "work days", "workdays", "days", "day", "wd", "d"),
    "ed": ("calendar days", "calendar day", "cal days", "elapsed days", "cd", "ed"),
    "w": ("weeks", "week", "wks", "wk", "w"),
    "mo": ("months", "month", "mths", "mth", "mo"),
    "h": ("hours", "hour", "hrs", "hr", "h"),
}
MONIES = {
    "k": ("thousands", "thousand", "tsd", "keur", "kusd", "kgbp", "k", "000", "000s"),
    "M": ("millions", "million", "mio", "mln", "mn", "meur", "musd", "mgbp", "m"),
    "bn": ("billions", "billion", "mrd", "bn"),
    "": ("eur", "usd", "gbp", "chf", "cad", "aud", "nok", "sek", "dkk", "€", "$", "£"),
}
FIELDS = {
    "id": ("id", "no", "nr", "number", "ref", "reference", "code", "key", "#", "identifier"),
    "title": ("title", "name", "risk", "summary", "risk event title", "short description", "headline"),
    "description": ("description", "details", "risk statement", "statement"),
    "cause": ("cause", "causes", "root cause", "source", "because of", "cause description"),
    "event": ("event", "event description", "uncertain event"),
    "effect": (
        "effect", "effects", "consequence", "consequences", "impact description", "effect description",
        "consequence description", "description of impact",
    ),
    "owner": ("owner", "responsible", "responsible person", "assigned to", "owned by"),
    "category": ("category", "class", "area", "rbs", "discipline", "group", "risk breakdown"),
    "kind": ("type", "threat opportunity", "threat or opportunity", "t o", "nature"),
    "status": ("status", "state"),
    "probability": ("probability", "likelihood", "chance", "p", "prob", "probability of occurrence"),
    "schedule": (
        "schedule", "schedule impact", "impact schedule", "impact on schedule", "time", "time impact", "impact time",
        "impact on time", "delay", "schedule delay", "duration", "duration impact", "impact duration", "programme",
        "programme impact", "delay impact", "schedule consequence",
    ),
    "cost": (
        "cost", "cost impact", "impact cost", "impact on cost", "financial", "financial impact", "impact financial",
        "costs", "cost consequence", "budget impact", "money",
    ),
    "response": (
        "response", "mitigation", "mitigation action", "mitigation actions", "mitigations", "action", "actions",
        "treatment", "treatment plan", "response plan", "mitigation plan", "response action", "response actions",
        "mitigation measure", "mitigation measures", "measure", "measures", "response description", "control measures",
    ),
    "response_cost": (
        "response cost", "mitigation cost", "treatment cost", "action cost", "cost of response", "cost of mitigation",
        "mitigation budget", "measure cost", "cost of measure",
    ),
    "response_status": (
        "response status", "mitigation status", "action status", "treatment status", "measure status",
        "status of response", "status of mitigation",
    ),
    "from": (
        "from", "exposure from", "exposure start", "window start", "start", "active from", "start date", "date from",
        "impact start", "earliest", "window from", "start of exposure", "exposure start date",
    ),
    "to": (
        "to", "until", "exposure to", "exposure end", "window end", "end", "active to", "end date", "date to", "expiry",
        "expiry date", "impact end", "latest", "window to", "end of exposure", "exposure end date",
    ),
    "activities": (
        "activities", "activity", "activity id", "activity ids", "activity code", "activity codes",
        "affected activities", "mapped activities", "tasks", "task", "task id", "task ids", "task code", "task codes",
        "affected tasks", "mapped tasks", "linked activities", "linked tasks", "mapped to", "schedule activities",
        "schedule activity", "impacted activities", "impacted tasks",
    ),
    "wbs": ("wbs", "wbs code", "wbs element", "wbs codes", "wbs id"),
    "pattern": ("pattern", "name pattern", "activity name", "activity pattern", "activity names", "task name"),
    "applies": ("applies", "apply", "spread"),
}  # fmt: skip
STAGED = ("probability", "schedule", "cost")
_FILLERS = {"risk", "rating", "level", "band", "value", "assessment", "estimate", "estimated", "score", "case", "in"}
_OF_WHAT = {"%", "of", "the", "budget", "project", "total", "contract", "work", "plan", "planned", "remaining"}


class Heading(NamedTuple):
    """What a column is about: a key of `FIELDS`, the stage and part of what is assessed, and its unit ("" if none)."""

    field: str
    stage: str = ""
    part: str = ""
    unit: str = ""

    @property
    def name(self) -> str:
        """The column in the words of the program file: ``target_cost_low``."""
        return "_".join(word for word in (self.stage, self.field, self.part) if word)


def _phrases(table: Mapping[str, tuple[str, ...]]) -> list[tuple[list[str], str]]:
    """Return (words, meaning) of every phrase, the longest first."""
    found = [(phrase.split(), key) for key, phrases in table.items() for phrase in phrases]
    return sorted(found, key=lambda item: -len(item[0]))


_STAGE_PHRASES, _PART_PHRASES = _phrases(STAGES), _phrases(PARTS)
_TIME_PHRASES, _MONEY_PHRASES = _phrases(TIMES), _phrases(MONIES)
_FIELD_OF = {phrase: key for key, phrases in reversed(FIELDS.items()) for phrase in phrases}


def words(text: str) -> list[str]:
    """Return the words of a heading without capitals: letters and digits, and the signs # % € $ £; no steps of a scale.

    A bracket such as (1-5), (VL-VH) or (L/M/H) says in what steps a column is assessed, and not what it is about.
    """
    return _WORD.findall(_SCALE.sub(" ", text).casefold())[:20]


def in_steps(text: str) -> bool:
    """Return whether a heading says in what steps its column is assessed: (1-5)."""
    return _SCALE.search(text) is not None


def stage_of(text: str) -> str:
    """Return the stage of which a heading speaks: inherent, current, residual, target, or "" for none."""
    return _taken(words(text), _STAGE_PHRASES)[0]


@lru_cache(maxsize=4096)
def heading(text: str) -> Heading | None:
    """Return what a heading says its column is about; None where it is none of the usual names."""
    found = words(text)
    plain = _FIELD_OF.get(" ".join(found))
    if plain is not None:
        return Heading(plain)
    stage, rest = _taken(found, _STAGE_PHRASES)
    for with_part in (False, True):
        part, left = _taken(rest, _PART_PHRASES) if with_part else ("", rest)
        field, unit = _field(left)
        if field and not (part and field == "probability"):
            staged = field in STAGED
            if not staged and (stage or part):
                continue
            return Heading(field, stage, part, unit)
    return None


def _field(found: list[str]) -> tuple[str, str]:
    """Return the field that some words name, and its unit."""
    for drop in (set(), _FILLERS):
        left = [word for word in found if word not in drop]
        if " ".join(left) in _FIELD_OF:
            return _FIELD_OF[" ".join(left)], ""
        for field, phrases in (("schedule", _TIME_PHRASES), ("cost", _MONEY_PHRASES)):
            unit, rest = _unit(left, phrases)
            named = _FIELD_OF.get(" ".join(rest), "")
            if unit is not None and (named == field or rest == ["impact"]):
                return field, unit
            if unit is not None and named == "response_cost":
                return named, unit
        if "%" in left:
            named = _FIELD_OF.get(" ".join(word for word in left if word not in _OF_WHAT), "")
            if named in STAGED:
                return named, "%"
    return "", ""


def _unit(found: list[str], phrases: list[tuple[list[str], str]]) -> tuple[str | None, list[str]]:
    """Return the unit among some words, None for none, and the words without it."""
    unit, rest = None, found
    for _ in range(3):
        key, left = _taken(rest, phrases)
        if left == rest:
            break
        unit, rest = key or unit or "", left
    return unit, rest


def _taken(found: list[str], phrases: list[tuple[list[str], str]]) -> tuple[str, list[str]]:
    """Return the meaning of the first phrase that stands among some words, and the words without it."""
    for phrase, meaning in phrases:
        size = len(phrase)
        for place in range(len(found) - size + 1):
            if found[place : place + size] == phrase:
                return meaning, found[:place] + found[place + size :]
    return "", found
