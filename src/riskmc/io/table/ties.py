"""Predecessors of a bare table: by ID, unique ID or name; those of summaries are those of the work below them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from riskmc.io.sheets.activities import resolve_links, tokens
from riskmc.io.sheets.cell_source import CellSource, Spot
from riskmc.io.sheets.links import Known, link_of
from riskmc.io.table.rows import Item

_MOST_LINKS = 2_000_000
_WAITS = {"predecessors": "it waits for", "successors": "waits for it"}


def tie(items: list[Item], found: CellSource) -> None:
    """Put the links of all activities; what names no row is a fault."""
    by_id = {item.texts["id"]: item for item in items if "id" in item.texts}
    by_guid = {item.texts["guid"]: item for item in items if "guid" in item.texts}
    by_name = {item.name: item for item in items}
    by_title = {item.texts["name"]: item for item in items if "name" in item.texts}
    whole = {key[:-2]: item for key, item in by_id.items() if key.endswith(".0") and key[:-2].isdecimal()}
    rows = {**whole, **by_title, **by_name, **by_id}
    for item in items:
        _tie(item, "predecessors", rows, found)
        _tie(item, "guid_predecessors", by_guid, found)
        _tie(item, "successors", rows, found)
    activities = found.get(("projects", "plan", "activities"))
    for item in items:
        if item.summary:
            del activities[item.name]
    resolve_links(found)


def _tie(item: Item, role: str, rows: Mapping[str, Item], found: CellSource) -> None:
    """Put the links that one cell says."""
    known: Known = rows.__contains__
    word = role.removeprefix("guid_")
    for token in tokens(item.texts.get(role, "")):
        link = link_of(_plain(token, known), known)
        if not isinstance(link, dict):
            way_out = "; write an ID, a type and a lag, as 12SS+5d"
            found.fault(item.spot(role), word, f"{token!r} names no row of the table{way_out}")
            continue
        other = rows[link["activity"]]
        if other is item:
            found.fault(item.spot(role), word, f"{token!r} is the row itself; name the row that {_WAITS[word]}")
            continue
        if other in item.below or item in other.below:
            found.note("links between a row and its own summary are left out", item.title)
            continue
        ends = (other, item) if role == "successors" else (item, other)
        _put(*ends, link, item.spot(role), found)


def _put(item: Item, before: Item, link: dict[str, Any], spot: Spot, found: CellSource) -> None:
    """Put one link between all the work that its ends mean; from a summary's start, the first of its work counts."""
    heads = before.below if before.summary else [before]
    tails = item.below if item.summary else [item]
    if before.summary and link.get("type", "FS")[0] == "S" and len(heads) > 1:
        found.note("links from the start of a summary are from the first of its work", item.title)
        heads = heads[:1]
    if not heads or not tails:
        way_out = "a column Outline Level says what is below"
        found.note(f"links of summaries without known work below them are left out; {way_out}", item.title)
    for after in tails:
        home = ("projects", "plan", "activities", after.name, "after")
        for head in heads:
            number = len(found.get(home) or ())
            if number > _MOST_LINKS // max(1, len(tails)):
                return
            found.put((*home, number), {**link, "activity": head.name}, spot)


def _plain(token: str, known: Known) -> str:
    """Return a link whose ID a spreadsheet has made a decimal number of: ``12.0`` is 12."""
    return token[:-2] if token.endswith(".0") and not known(token) and token[:-2].isdecimal() else token
