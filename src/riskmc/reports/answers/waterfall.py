"""Waterfall as `riskmc waterfall` prints it: from the plan to P80 in steps whose printed digits add up.

Eighty columns, readable without colour; every number in it is also in the JSON record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskmc.analysis.waterfall.result import Step, Waterfall, ordered, part
from riskmc.forecast.figures import level_name, shortened, span
from riskmc.forecast.language import counted, said
from riskmc.reports.answers.drivers import how_shared
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, interval_heading, rendered
from riskmc.reports.document.opening import headline

TOP = 15
NAME_WIDTH = 44
READING = (
    "Each step is {level} with one thing more than before, from the same draws{risks}. Days have 24 hours. "
    f"{remarks.SIMULATION_ERROR}"
)
OF_RISKS = "; the steps of the risks are their shares of the delay, not what is saved without them"

Row = Sequence[str]


def tell_waterfall(waterfall: Waterfall, top: int = TOP, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed waterfall as text of ``width`` columns, with the ``top`` largest risks of each table."""
    return rendered([waterfall_sentence(waterfall)], _sections(waterfall, top), width, colour)


def _sections(waterfall: Waterfall, top: int) -> Iterator[Section]:
    yield from waterfall_sections(waterfall, top)
    yield remarks.conditions(waterfall.trials)
    yield remarks.provenance(waterfall.trials)


def waterfall_sections(waterfall: Waterfall, top: int = TOP) -> Iterator[Section]:
    """Yield the steps of finish and of cost, with the ``top`` largest risks, and how to read them."""
    trials = waterfall.trials
    if trials.random:
        yield _table(waterfall, "finish", top)
        if trials.has_cost:
            yield _table(waterfall, "cost", top) if any(waterfall.whole("cost")) else _unmoved(waterfall)
        told = READING.format(level=level_name(waterfall.percentile), risks=OF_RISKS if waterfall.risks else "")
        yield Section(notes=[*how_shared(waterfall.drivers), told])


def waterfall_sentence(waterfall: Waterfall) -> str:
    """Return how far P80 lies from the plan, and what of that are the risks, in whole days that add up."""
    if not waterfall.trials.random:
        return f"{headline(waterfall.trials)} Nothing lies between the plan and a forecast: nothing is random."
    digits, level = waterfall.digits("finish"), level_name(waterfall.percentile)
    whole = waterfall.whole("finish")
    risks = sum(whole[len(waterfall.steps) :])
    name, end = waterfall.trials.program.program, digits.level_text(waterfall.end("finish"))
    told = f"{level} of {name} is {end}, {_beside(sum(whole))} the plan"
    if not waterfall.risks:
        return f"{told}; no risk is in the program, all of it is uncertainty of the work itself."
    return f"{told}: {_part(sum(whole) - risks)} before any risk, {_part(risks)} from the risks."


def _beside(days: int) -> str:
    return "the same day as" if not days else f"{span(days)} {'after' if days > 0 else 'before'}"


def _part(days: int) -> str:
    return span(days) if days >= 0 else f"minus {span(days)}"


def _table(waterfall: Waterfall, by: str, top: int) -> Section:
    """Return the steps of the finish or of the cost, from the plan to the forecast."""
    digits, level = waterfall.digits(by), level_name(waterfall.percentile)
    heading = said("Finish, step by step") if by == "finish" else said("Cost, step by step")
    columns = [Column(heading, yields=True), Column(said("Adds"), right=True)]
    columns += [Column(interval_heading()), Column(said("Then"), right=True)]
    rows: list[Row] = [(said("Plan"), "", "", digits.level_text(waterfall.start(by)))]
    rows += [_step(waterfall, by, place, step) for place, step in enumerate(waterfall.steps)]
    rows += _risks(waterfall, by, top)
    rows.append((level, digits.text(sum(waterfall.whole(by))), "", digits.level_text(waterfall.end(by))))
    return Section(columns, rows)


def _unmoved(waterfall: Waterfall) -> Section:
    cost = waterfall.digits("cost").level_text(waterfall.end("cost"))
    return Section(notes=[f"No step moves the cost: {level_name(waterfall.percentile)} is {cost}, as planned."])


def _step(waterfall: Waterfall, by: str, place: int, step: Step) -> Row:
    digits = waterfall.digits(by)
    level = step.finish if by == "finish" else step.cost_cents
    assert level is not None
    told = waterfall.drivers.in_digits(by, waterfall.whole(by)[place], part(step, by))
    return step.told(by), *told, digits.level_text(level)


def _risks(waterfall: Waterfall, by: str, top: int) -> Iterator[Row]:
    """Yield the risks, the largest share first; those that are left, and those that add nothing, in one row."""
    whole, digits = waterfall.whole(by)[len(waterfall.steps) :], waterfall.digits(by)
    places = [place for place in ordered(waterfall.risks, by) if whole[place]]
    for place in places[:top]:
        risk = waterfall.risks[place]
        told = waterfall.drivers.share_texts(waterfall.drivers[risk.id], by)
        yield said("Risk: {name}", name=shortened(risk.name, NAME_WIDTH)), *told, ""
    rest = len(waterfall.risks) - len(places[:top])
    if rest:
        left = sum(whole) - sum(whole[place] for place in places[:top])
        yield counted("{count} other risk", "{count} other risks", rest), digits.text(left), "", ""
