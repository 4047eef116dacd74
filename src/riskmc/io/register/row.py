"""One row of a register -> a risk with a probability and impacts, and its response; or why it is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from riskmc.errors import ArgumentError, ProgramError, RiskmcError, joined, nearest
from riskmc.io.register.mapping import Mapped, mapped
from riskmc.io.register.words import APPLIES, CLOSED, OCCURRED, OPEN, OPPORTUNITY, RESPONSES
from riskmc.io.said_values import NOTHING, amount, effect, plain_number, spread
from riskmc.program.moment import Moment, moment
from riskmc.program.notation import certain, kind, size_text
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity, Size
from riskmc.program.response import Response, RiskChange
from riskmc.program.risk import Impact, Risk, Window
from riskmc.program.scale import Scales, plainly, translated, words_of

_PARTS = ("", "_low", "_mode", "_high")
_SHIFTED = {"uniform", "triangular", "pert", "trigen"}


@dataclass(frozen=True)
class Cell:
    """The text of a cell, its column, and the unit that its heading gives."""

    text: str
    column: int
    unit: str = ""


@dataclass
class Around:
    """What every row of a register is read with: the scales, the program it lies over, and how bare numbers are meant.

    ``steps`` and ``percent`` name the columns whose bare numbers are steps of the scale, or percentages. ``words``
    counts the cells that were translated.
    """

    scales: Scales
    program: Program | None
    decimal_comma: bool
    steps: frozenset[str]
    percent: frozenset[str]
    words: int = 0
    unknown_states: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Outcome:
    """What a row became: a risk and its responses; ``reason`` and ``detail`` where it is not drawn.

    ``lost`` is what it is mapped to and the plan does not have; ``partly`` what of a risk that is drawn is left out;
    ``faults`` are column, what it is about, and text.
    """

    id: str
    name: str
    risk: Risk | None = None
    response: Response | None = None
    controls: Response | None = None
    reason: str = ""
    detail: str = ""
    lost: tuple[str, ...] = ()
    partly: list[str] = field(default_factory=list)
    faults: list[tuple[int | None, str, str]] = field(default_factory=list)


def identifier(text: str) -> str:
    """Return what a risk is called in a program: its ID, or title, on one line."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable()).lstrip('"').strip()


def outcome(cells: Mapping[str, Cell], around: Around) -> Outcome:
    """Return what becomes of one row; its faults carry the column, what it is about, and the text."""
    return _Reading(cells, around).outcome()


class _Reading:
    """One row while it is read."""

    def __init__(self, cells: Mapping[str, Cell], around: Around):
        self.cells = cells
        self.around = around
        title = self._text("title") or self._text("event") or self._text("description")
        self.found = Outcome(identifier(self._text("id") or title), " ".join(title.split()))

    def outcome(self) -> Outcome:
        """Return what becomes of the row."""
        status = self._status()
        if status != "open":
            words = self._prose() | {"status": status}
            self.found.risk = self._made(Risk, words)
            self.found.reason = "closed" if status == "closed" else "has occurred, so it belongs in the plan"
            self.found.detail = self._text("status")
            return self.found
        on = mapped({name: self._text(name) for name in ("activities", "wbs", "pattern")}, self.around.program)
        self.found.lost = on.lost
        window = self._tried("from", self._window)
        base = self._stage(("inherent", "", "current"))
        chance = self._name(base, "probability")
        probability = self._tried(chance, lambda: self._probability(chance))
        impacts = self._impacts(base, on)
        self.found.reason, self.found.detail = self._why_not(probability, impacts, on, window, base)
        if self.found.faults or self.found.reason:
            return self.found
        if on.lost:
            self.found.partly.append(f"mapped to what is not in the plan: {', '.join(on.lost)}")
        words = {**self._prose(), "window": window, "probability": probability, "impacts": tuple(impacts)}
        self.found.risk = self._made(Risk, words)
        self._responses(base, on, impacts)
        return self.found

    def _why_not(
        self, probability: float | None, impacts: list[Impact], on: Mapped, window: Window | None, base: str
    ) -> tuple[str, str]:
        """Return why an open risk is not drawn, and what is more to say of it; nothing where it is drawn."""
        if window is not None and window.to is not None and self._is_past(window.to):
            return "its window ended before the data date", str(window.to)
        if probability is None:
            return "no probability", self._text(self._name(base, "probability"))
        if probability == 0:
            return "its probability is 0%", ""
        if not impacts and self.found.partly:
            return on.reason(), ", ".join(on.lost)
        if not impacts:
            texts = [self._text(self._name(base, what)) for what in ("schedule", "cost")]
            return "no impact on schedule or cost", texts[0] or texts[1]
        return "", ""

    def _name(self, head: str, what: str) -> str:
        """Return the column of an assessment, at its stage or without one; `Delay` beside `Inherent probability`."""
        staged = any(self._text(f"{head}{what}{part}") for part in _PARTS)
        return f"{head}{what}" if staged else what

    def _is_past(self, to: Moment) -> bool:
        program = self.around.program
        if program is None:
            return False
        dates = [program.data_date, *(project.data_date for project in program.projects.values())]
        known = [date.start_like() for date in dates if date is not None]
        return bool(known) and to.finish_like() <= min(known)

    def _text(self, name: str) -> str:
        cell = self.cells.get(name)
        return cell.text if cell is not None else ""

    def _fault(self, name: str, text: str) -> None:
        cell = next((cell for part in _PARTS if (cell := self.cells.get(f"{name}{part}")) is not None), None)
        self.found.faults.append((None if cell is None else cell.column, self.found.id, text))

    def _tried(self, name: str, read: Callable[[], Any]) -> Any:
        """Return what is read, or None with a fault at a cell."""
        try:
            return read()
        except ProgramError as error:
            for _, text in error.faults:
                self._fault(name, text)
        except RiskmcError as error:
            self._fault(name, str(error))
        return None

    def _made(self, noun: type[Any], words: Mapping[str, Any]) -> Any:
        given = {word: said for word, said in words.items() if said not in (None, "", ())}
        return self._tried("id", lambda: noun(**given))

    def _status(self) -> str:
        """Return open, closed or occurred; words that are not known are open, and told."""
        said = plainly(self._text("status"))
        first = re.split(r"[^\w]+", said.strip())[0] if said else ""
        for state, words in (("closed", CLOSED), ("occurred", OCCURRED)):
            if said in words or first in words:
                return state
        if said not in OPEN and first not in OPEN:
            self.around.unknown_states.setdefault(self._text("status"), []).append(self.found.id)
        return "open"

    def _prose(self) -> dict[str, Any]:
        """Return name, cause, event, effect, owner and category; a description is the event where there is no other."""
        words: dict[str, Any] = {name: self._text(name) for name in ("cause", "event", "effect", "owner", "category")}
        words["name"] = self.found.name
        words["category"] = words["category"] or (self._text("kind") if not self._is_opportunity() else "")
        if not words["event"] and self._text("description") != self.found.name:
            words["event"] = self._text("description")
        return words

    def _is_opportunity(self) -> bool:
        return plainly(self._text("kind")) in OPPORTUNITY

    def _window(self) -> Window | None:
        ends = {word: moment(self._text(word)) for word in ("from", "to") if plainly(self._text(word)) not in NOTHING}
        return Window(**ends) if ends else None

    def _stage(self, stages: tuple[str, ...]) -> str:
        """Return the first stage of which the register has a probability or an impact, as the beginning of a name."""
        for stage in stages:
            head = f"{stage}_" if stage else ""
            names = [f"{head}{name}" for name in ("probability", "schedule", "cost", "schedule_low", "cost_low")]
            if any(self._text(name) for name in names):
                return head
        return ""

    def _probability(self, name: str) -> float | None:
        """Return the chance that a cell says: a number, or the middle of the band that it names."""
        text, cell = self._text(name), self.cells.get(name)
        if cell is None or text.casefold() in NOTHING:
            return None
        bare = plain_number(text)
        if name in self.around.percent and bare is not None and 0 < bare < 1:
            raise ArgumentError(f"{text!r} may be {text}% or {100 * bare:g}%, as others are above 1; write the %")
        unit = "%" if name in self.around.percent or cell.unit == "%" else ""
        found, of_band = self._value(replace(cell, unit=unit), name, "probability")
        if found is not None and not of_band and found.family not in (None, "uniform", "triangular"):
            raise ArgumentError(f"a probability is a share, or a band of two, got {text!r}")
        value = _middle(found) if found is not None else 0.0
        if not 0 <= value <= 1:
            raise ArgumentError(f"a probability is between 0% and 100%, got {text!r}")
        return value

    def _value(self, cell: Cell, name: str, what: str) -> tuple[Size | None, bool]:
        """Return what a cell says, and whether a word of the scale says it: the word, else the value, else a part.

        A bare number is a word only in a column of steps; `5 - 10 d` is a value though the scale may have a step 5.
        """
        bands: Mapping[str, Size] = getattr(self.around.scales, what)
        if name in self.around.steps or plain_number(cell.text) is None:
            band = translated(bands, cell.text, whole=True)
            if band is not None:
                self.around.words += 1
                return band, True
        try:
            return effect(cell.text, what, cell.unit, self.around.decimal_comma), False
        except ArgumentError:
            band = translated(bands, cell.text) if any(map(str.isalpha, cell.text)) else None
            if band is None and not any(map(str.isdigit, cell.text)):
                raise ArgumentError(_unknown_word(cell.text, bands, what)) from None
            if band is None:
                raise
            self.around.words += 1
            return band, True

    def _impacts(self, head: str, on: Mapped) -> list[Impact]:
        found = []
        for what in ("schedule", "cost"):
            name = self._name(head, what)
            size = self._tried(name, partial(self._size, name, what))
            if size is not None:
                impact = self._impact(what, size, on)
                found += [impact] if impact is not None else []
        return found

    def _size(self, name: str, what: str) -> Size | None:
        """Return the impact that the cells of a column, or of its low, most likely and high, say."""
        parts = [cell for part in ("_low", "_mode", "_high") if (cell := self.cells.get(f"{name}{part}")) is not None]
        parts = [cell for cell in parts if cell.text.casefold() not in NOTHING]
        cell = self.cells.get(name)
        comma = self.around.decimal_comma
        if parts:
            self._require_ends(name)
            found = spread([amount(part.text, what, part.unit, comma) for part in parts])
        elif cell is None or cell.text.casefold() in NOTHING:
            return None
        else:
            found, of_band = self._value(cell, name, what)
            found = _shaped(found, self.around.scales.shape) if found is not None and of_band else found
        if found is None or (found.certain and found.value.value == 0):
            return None
        return _negative(found) if self._is_opportunity() else found

    def _require_ends(self, name: str) -> None:
        """Raise ArgumentError where of low, most likely and high an end is missing; the middle alone is certain."""
        low, high = (plainly(self._text(f"{name}{part}")) not in NOTHING for part in ("_low", "_high"))
        if low != high:
            raise ArgumentError(f"has {'low' if low else 'high'} without {'high' if low else 'low'}")

    def _impact(self, what: str, size: Size, on: Mapped) -> Impact | None:
        """Return the impact on what the risk is mapped to; None where that leaves it without a meaning."""
        share = kind(size) == "share"
        if not on.on and (what == "schedule" or share):
            text = f"its {what} impact is left out: {on.reason()}"
            self.found.partly += [text] if text not in self.found.partly else []
            return None
        spread_as, own = self._applies()
        words: dict[str, Any] = {"id": what, "on": on.on or None}
        words["duration" if what == "schedule" else "cost"] = _factor(size) if share else replace(size, operation="+")
        if on.several and not share:
            words["spread"] = spread_as if what == "schedule" or spread_as == "split" else "once"
        if on.several and own and what == "schedule":
            words["own_size"] = True
        made: Impact | None = self._made(Impact, words)
        return made

    def _applies(self) -> tuple[str, bool]:
        """Return how an addition is spread over several activities, and whether each draws its own size."""
        said = plainly(self._text("applies"))
        if said not in APPLIES and said not in NOTHING:
            self._fault("applies", f"applies is one of {', '.join(APPLIES)}, got {said!r}{nearest(said, APPLIES)}")
        return APPLIES.get(said, ("once", False))

    def _responses(self, base: str, on: Mapped, impacts: list[Impact]) -> None:
        """Find the controls in place (inherent to current) and the response (current to target)."""
        before, stage = impacts, self._stage(("current", "") if base == "inherent_" else ("current",))
        if stage != base:
            change, before = self._change(stage, on, impacts)
            if change.model_fields_set:
                words = {"name": f"Controls in place: {self.found.id}", "status": "in_plan"}
                self.found.controls = self._made(Response, {**words, "acts_on": {self.found.id: change}})
        status = self._response_status()
        change, _ = self._change("target_", on, before)
        cost = self._tried("response_cost", self._response_cost)
        name = self._text("response")
        if status and (name or cost is not None or change.model_fields_set):
            words = {"name": name or f"Response to {self.found.name or self.found.id}", "status": status, "cost": cost}
            self.found.response = self._made(Response, {**words, "acts_on": {self.found.id: change}})

    def _response_status(self) -> str:
        said = plainly(self._text("response_status"))
        for words in (said, said.partition(" ")[0]):
            if words in RESPONSES:
                return RESPONSES[words]
        known = "proposed, approved, in plan, done, rejected"
        self._fault("response_status", f"the status of a response is one of {known}, got {said!r}")
        return ""

    def _response_cost(self) -> Size | None:
        cell = self.cells.get("response_cost")
        return effect(cell.text, "cost", cell.unit, self.around.decimal_comma) if cell is not None else None

    def _change(self, head: str, on: Mapped, impacts: list[Impact]) -> tuple[RiskChange, list[Impact]]:
        """Return what another assessment changes in the risk, and the impacts that then hold."""
        words: dict[str, Any] = {}
        chance = f"{head}probability"
        probability = self._tried(chance, lambda: self._probability(chance))
        if probability is not None:
            words["probability"] = probability
        after = {impact.id: impact for impact in impacts}
        for what in ("schedule", "cost"):
            if any(self._text(f"{head}{what}{part}") for part in _PARTS):
                size = self._tried(f"{head}{what}", partial(self._size, f"{head}{what}", what))
                impact = self._impact(what, size, on) if size is not None else None
                after.pop(what, None)
                after |= {what: impact} if impact is not None else {}
        now = list(after.values())
        if now != impacts:
            words["impacts"] = tuple(now)
        return RiskChange(**words), now


def _middle(band: Size) -> float:
    """Return the middle of a band of probability."""
    values = [quantity.value for _, quantity in band.parameters]
    return round((min(values) + max(values)) / 2, 12) if len(values) < 3 else values[1]


def _shaped(band: Size, shape: str) -> Size:
    """Return how an impact lies within its band."""
    if band.family != "uniform" or shape == "uniform":
        return band
    low, high = (quantity for _, quantity in band.parameters)
    middle = Quantity((low.value + high.value) / 2, high.unit)
    return Size("triangular", (("low", low), ("mode", middle), ("high", high)))


def _negative(size: Size) -> Size:
    """Return the size of a gain, for an opportunity whose gain is written as a positive number."""
    if any(quantity.value < 0 for _, quantity in size.parameters):
        return size
    if size.certain:
        return certain(Quantity(-size.value.value, size.value.unit))
    if size.family not in _SHIFTED:
        raise ArgumentError(f"write the gain of an opportunity as a negative number, got {size_text(size)}")
    names = [name for name, _ in size.parameters]
    values = [Quantity(-quantity.value, quantity.unit) for _, quantity in reversed(size.parameters)]
    return replace(size, parameters=tuple(zip(names, values, strict=True)))


def _factor(size: Size) -> Size:
    """Return the factor that an impact in per cent is: 10% more is x 110%."""
    if not size.certain and size.family not in _SHIFTED:
        raise ArgumentError(f"an impact in per cent is a value, a range or a triangle, got {size_text(size)}")
    raised = tuple((name, Quantity(round(1 + quantity.value, 12), "%")) for name, quantity in size.parameters)
    if any(quantity.value < 0 for _, quantity in raised):
        raise ArgumentError("no more than 100% can be gained")
    return Size(size.family, raised, None, "x")


def _unknown_word(text: str, bands: Mapping[str, Size], what: str) -> str:
    if not bands:
        return f"{text!r} is a word, and there is no scale of {what}: say what it means, in `scales:`"
    known = [key.partition("/")[0].strip() for key in bands]
    hint = nearest(plainly(text), [word for key in bands for word in words_of(key)])
    told = joined(hint, f"words: {', '.join(known)}")
    return f"{text!r} is no word of the {what} scale{told}"
