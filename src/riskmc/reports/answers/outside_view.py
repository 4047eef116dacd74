"""Outside view as `riskmc outside-view` prints it: our percentile among the peers, and the uplift that they ask for."""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.analysis.outside_view import FEW, OutsideView, Standing, Uplift
from riskmc.forecast.figures import DASH, level_name, shortened
from riskmc.forecast.outcome import DATE
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, rendered, with_interval
from riskmc.simulation.trials import Trials

NAME_WIDTH = 50
READING = (
    "Ratio: to the base, our own estimate, of the time from start to finish or of the cost. Class: the share of the "
    "class that came out no worse. Nothing of the class is in the forecast, nor the reverse: they are two views."
)


def tell_outside(found: OutsideView, trials: Trials, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    return rendered([_sentence(found, trials), _asked(found)], _sections(found, trials), width, colour)


def _sentence(found: OutsideView, trials: Trials) -> str:
    """Return where our P80 stands among the peers."""
    if not trials.random:
        plan = found.standing("Base", found.base)
        told = f"Our plan, {found.forecast.text(plan.value)}, sits at the {_ordinal(plan.share)} percentile"
        return f"{told} of {found.reference.told}. It is a plan, not a forecast: nothing in it is random."
    p80 = found.standing("P80", found.forecast.quantile(0.80))
    known = (
        "" if p80.share.low == p80.share.high else f" (95%: {_percent(p80.share.low)} to {_percent(p80.share.high)})"
    )
    whose = f"of {found.reference.told}" + (f" ({_name(found)})" if len(found.reference) else "")
    value = found.forecast.text(p80.value)
    return f"Our P80, {value}, sits at the {_ordinal(p80.share)} percentile {whose}{known}."


def _asked(found: OutsideView) -> str:
    """Return what the class asks for at 80%."""
    (uplift,) = found.uplifts([0.80])
    more = "above" if uplift.ratio >= 1 else "below"
    told = f"By the class, 80% sure is {_percent(abs(uplift.ratio - 1))} {more} our base"
    return f"{told}, {found.forecast.text(found.base)}: {found.forecast.text(uplift.value)}."


def _name(found: OutsideView) -> str:
    return shortened(found.reference.name, NAME_WIDTH)


def _ordinal(share: float) -> str:
    """Return ``42nd``, of a whole percent."""
    percent = round(100 * share)
    ending = "th" if 10 <= percent % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(percent % 10, "th")
    return f"{percent}{ending}"


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"


def _sections(found: OutsideView, trials: Trials) -> Iterator[Section]:
    columns = [Column("Ours"), Column(_axis(found), right=True), Column("Ratio", right=True)]
    columns += with_interval("Class")
    ours = [one for one in found.standings() if trials.random or not one.name.startswith("P")]
    yield _filled(columns, [_standing(found, one) for one in ours])
    columns = [Column("The class at"), *with_interval("Ratio"), *with_interval(_axis(found))]
    yield _filled(columns, [_uplift(found, uplift) for uplift in found.uplifts()])
    yield Section(notes=list(_notes(found)))
    yield remarks.provenance(trials)


def _filled(columns: list[Column], rows: list[tuple[str, ...]]) -> Section:
    """Return the table without the columns in which nothing stands."""
    kept = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    return Section([columns[place] for place in kept], [tuple(row[place] for place in kept) for row in rows])


def _axis(found: OutsideView) -> str:
    return "Finish" if found.forecast.unit == DATE else "Cost"


def _standing(found: OutsideView, standing: Standing) -> tuple[str, ...]:
    share = standing.share
    interval = "" if share.low == share.high else f"{_percent(share.low)} to {_percent(share.high)}"
    return standing.name, found.forecast.text(standing.value), f"{standing.ratio:.2f}", _percent(share), interval


def _uplift(found: OutsideView, uplift: Uplift) -> tuple[str, ...]:
    name, value = level_name(uplift.level), found.forecast.text(uplift.value)
    if uplift.low == uplift.high:
        return name, f"{uplift.ratio:.2f}", "", value, ""
    ends = [f"{end:.2f}" if end is not None else "?" for end in (uplift.low, uplift.high)]
    dates = [found.forecast.text(end) for end in (uplift.value_low, uplift.value_high)]
    return name, f"{uplift.ratio:.2f}", f"{ends[0]} to {ends[1]}", value, f"{dates[0]} {DASH} {dates[1]}"


def _notes(found: OutsideView) -> Iterator[str]:
    yield READING
    if not len(found.reference):
        yield "The class is a distribution, taken as known: it has no interval, however few projects it came from."
        return
    yield f"Class: {found.reference.note or _name(found)}. Intervals are those of {found.reference.told}, not of ours."
    if len(found.reference) < FEW:
        yield f"{found.reference.told} are few: an end written ? is not bounded by any of them."
