"""Task rows of a Microsoft Project XML file and their outline: which are work, which summaries stand above what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from riskmc.io.findings import called
from riskmc.io.mspdi.fields import Fields, Row, row

DEEPEST = 200


@dataclass(eq=False)
class Item:
    """One task row: ``above`` is its summary, ``below`` the rows under it. Work is what has nothing below."""

    uid: str
    row: Row
    above: Item | None
    below: list[Item] = field(default_factory=list)

    @property
    def summary(self) -> bool:
        """Whether other rows stand below this one."""
        return bool(self.below)

    @property
    def title(self) -> str:
        """What notes call it: its UID and its name."""
        return called(self.uid, self.row["Name"])

    def summaries(self) -> Iterator[Item]:
        """Yield the summaries above, the nearest first."""
        here = self.above
        while here is not None:
            yield here
            here = here.above

    def leaves(self) -> list[Item]:
        """Return the work below a summary, in file order; of work, itself."""
        found, ahead = [], [self]
        while ahead:
            item = ahead.pop()
            if item.below:
                ahead.extend(reversed(item.below))
            else:
                found.append(item)
        return found


@dataclass(eq=False)
class Outline:
    """The rows of a file by UID: ``work`` becomes activities, ``summaries`` do not, ``inactive`` is left out."""

    work: dict[str, Item] = field(default_factory=dict)
    summaries: dict[str, Item] = field(default_factory=dict)
    inactive: dict[str, Item] = field(default_factory=dict)

    def forget(self) -> None:
        """Let go of the rows: they hold each other, and through them the whole file."""
        for item in (*self.work.values(), *self.summaries.values(), *self.inactive.values()):
            item.above = None
            item.below.clear()

    def find(self, uid: str) -> Item | None:
        """Return the work or summary of a UID."""
        return self.work.get(uid) or self.summaries.get(uid)


def outline(root: Element, fields: Fields) -> Outline:
    """Return the outline of a file's tasks; blank rows and the project's own row are not in it."""
    items: dict[str, Item] = {}
    open_levels: list[tuple[int, Item]] = []
    for element in root.iterfind("Tasks/Task"):
        at = row(element, "Task")
        uid, level = at["UID"].strip(), _level(at, fields)
        if at.flag("IsNull") or (level == 0 and at["ID"].strip() in ("", "0")):
            continue
        if not uid or uid in items:
            fields.fault(at, "UID", f"expected a new number, found {uid[:40] + ' again' if uid else 'none'}")
            continue
        while open_levels and open_levels[-1][0] >= level:
            open_levels.pop()
        if len(open_levels) == DEEPEST:
            fields.fault(at, "OutlineLevel", f"expected at most {DEEPEST} levels of summaries")
            break
        above = open_levels[-1][1] if open_levels else None
        items[uid] = Item(uid, at, above)
        if above is not None:
            above.below.append(items[uid])
        open_levels.append((level, items[uid]))
    return _sorted(items, fields)


def _level(at: Row, fields: Fields) -> int:
    """Return how deep a row stands: by its outline level, else by its outline number."""
    if at["OutlineLevel"].strip():
        return fields.whole(at, "OutlineLevel")
    number = at["OutlineNumber"].strip()
    return 0 if number == "0" else number.count(".") + 1


def _sorted(items: dict[str, Item], fields: Fields) -> Outline:
    found = Outline()
    for uid, item in items.items():
        if item.row["Active"].strip() in ("0", "false") or (
            item.above is not None and item.above.uid in found.inactive
        ):
            found.inactive[uid] = item
        elif item.summary:
            found.summaries[uid] = item
        elif _empty_summary(item):
            fields.findings.note("summary tasks without any task below them are left out", item.title)
        else:
            found.work[uid] = item
    if found.inactive:
        names = (item.title for item in found.inactive.values() if not item.summary)
        fields.findings.note("inactive tasks are left out, and links through them do not act", *names)
    return found


def _empty_summary(item: Item) -> bool:
    at = item.row
    return at.flag("Summary") and not at.flag("IsSubproject") and not at["Duration"].strip()
