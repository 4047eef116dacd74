"""Risk matrix as `riskmc matrix` prints it: the grid with the numbers of the risks, and the risks, highest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskmc.analysis.risk_matrix import NOTE, RiskMatrix, RiskPlace
from riskmc.forecast.differences import days_apart, money_apart
from riskmc.forecast.figures import chance, shortened
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, left_out, rendered

MOST_RISKS = 15
NAME_WIDTH = 40
MONEY = "in money"  # the heading beside that of days
READING = (
    "Impact: the mean effect on the program where the risk occurs, paired with the same iterations without it, in days "
    "of 24 hours and in money; minus is earlier or cheaper. Exposure: chance x impact. What float absorbs has no "
    "impact on the finish."
)


def tell_matrix(found: RiskMatrix, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    return rendered([_sentence(found)], _sections(found), width, colour)


def _sentence(found: RiskMatrix) -> str:
    """Return how many risks there are, and which threat stands highest."""
    threats, chances = found.of("threat"), found.of("opportunity")
    counts = [_counted(len(threats), "threat", "threats"), _counted(len(chances), "opportunity", "opportunities")]
    told = (
        f"{found.trials.program.program}: {' and '.join(count for count in counts if count) or 'no risk with effect'}"
    )
    if not threats:
        return f"{told}."
    first = threats[0]
    parts = [text for text in _impact(found, first) if text]
    return f"{told}. Highest: {shortened(first.name, 60)}, {chance(first.probability)}, {' and '.join(parts)}."


def _counted(count: int, one: str, many: str) -> str:
    return "" if not count else f"1 {one}" if count == 1 else f"{count:,} {many}"


def _sections(found: RiskMatrix) -> Iterator[Section]:
    threats, chances = found.of("threat"), found.of("opportunity")
    if threats:
        yield _grid(found, threats)
        yield _list(found, threats, "Threats")
    if chances:
        yield _list(found, chances, "Opportunities")
    idle = found.of("no effect")
    if idle:
        names = ", ".join(shortened(risk.name, NAME_WIDTH) for risk in idle[:3])
        more = f" and {len(idle) - 3:,} more" if len(idle) > 3 else ""
        yield Section(notes=[f"Without effect on the program: {names}{more}."])
    if found.before:
        yield from _responses(found)
    yield Section(notes=[READING, _bands(found), NOTE])
    yield remarks.endless(found.trials)
    yield remarks.provenance(found.trials)


def _grid(found: RiskMatrix, risks: Sequence[RiskPlace]) -> Section:
    """Return the grid of the threats, the likeliest band on top; each by its number in the list."""
    number = {risk.id: place for place, risk in enumerate(risks, 1)}
    rows = []
    for row in reversed(range(len(found.scale.probability))):
        cells = [
            " ".join(str(number[risk.id]) for risk in found.cell(row, column)) or "·"
            for column in range(len(found.columns))
        ]
        rows.append((found.scale.probability.names[row], *cells))
    columns = [Column("Chance of threats"), *(Column(name, yields=True) for name in found.columns)]
    return Section(columns, rows)


def _list(found: RiskMatrix, risks: Sequence[RiskPlace], heading: str) -> Section:
    money = found.trials.has_cost
    columns = [
        Column("#", right=True),
        Column(heading, yields=True),
        Column("Chance", right=True),
        Column("Impact", right=True),
    ]
    columns += [Column(MONEY, right=True)] if money else []
    columns += [Column("Exposure", right=True)] + ([Column(MONEY, right=True)] if money else [])
    rows = [(str(number), risk.name, *_cells(found, risk)) for number, risk in enumerate(risks, 1)]
    return Section(columns, rows[:MOST_RISKS], left_out(len(rows), MOST_RISKS))


def _cells(found: RiskMatrix, risk: RiskPlace) -> list[str]:
    exposure = _exposure(found, risk)
    impact = _impact(found, risk)
    both = [*impact, *exposure] if found.trials.has_cost else [impact[0], exposure[0]]
    return [chance(risk.probability), *(text or "none" for text in both)]


def _impact(found: RiskMatrix, risk: RiskPlace) -> tuple[str, str]:
    """Return what the risk does where it occurs, in days and money; nothing for what it does not do."""
    return _days(risk.impact_days or 0.0), _money(found, risk.impact_cost or 0.0)


def _exposure(found: RiskMatrix, risk: RiskPlace) -> tuple[str, str]:
    return _days(risk.exposure_days.value), _money(found, risk.exposure_cost.value)


def _days(value: float) -> str:
    """Return days with one decimal below ten."""
    return days_apart(value, (value - 1, value + 0.9) if abs(value) < 10 else (None, None))[0] if value else ""


def _money(found: RiskMatrix, value: float) -> str:
    return money_apart(found.trials.currency, value, (value, value))[0] if value else ""


def _responses(found: RiskMatrix) -> Iterator[Section]:
    """Yield the exposure before and after the responses, of the risks that they change most."""
    changed = sorted(found.after, key=lambda name: -_moved(found, name))
    rows = []
    for name in changed[:MOST_RISKS]:
        states = [state.get(name) for state in (found.before, {r.id: r for r in found.risks}, found.after)]
        if _moved(found, name):
            told = next(risk.name for risk in states if risk is not None)
            rows.append((told, *(text for state in states for text in _told(found, state))))
    money = [Column(MONEY, right=True)] if found.trials.has_cost else []
    columns = [Column("Exposure and responses", yields=True)]
    for heading in ("Before", "Now", "After"):
        columns += [Column(heading, right=True), *money]
    if rows:
        now = f"now: mitigation {found.trials.mitigation}"
        yield Section(columns, rows, [f"Before: no response acts; {now}; after: all act, the proposed ones too."])


def _told(found: RiskMatrix, risk: RiskPlace | None) -> list[str]:
    if risk is None:
        return ["not there", ""] if found.trials.has_cost else ["not there"]
    days, money = _exposure(found, risk)
    return [days or "none", money or "none"] if found.trials.has_cost else [days or "none"]


def _moved(found: RiskMatrix, name: str) -> float:
    """Return by how many days (else by what amount, told as days) the responses that name a risk change it."""
    responses = found.trials.program.responses.values()
    if not any(name in response.acts_on or name in response.secondary for response in responses):
        return 0.0
    before, after = found.before.get(name), found.after[name]
    days = abs(after.exposure_days.value - (before.exposure_days.value if before else 0.0))
    cost = abs(after.exposure_cost.value - (before.exposure_cost.value if before else 0.0))
    return days + (1e-9 if cost else 0.0)


def _bands(found: RiskMatrix) -> str:
    """Return the bands: the program's own, or the default ones."""
    whose = (
        "the program's own (scales)" if found.scale.own else "riskmc's default ones, for want of `scales:` in the file"
    )
    ends = ", ".join(f"{end:,.0f} d" for end in found.scale.days.ends)
    shares = ", ".join(f"{end:.0%}" for end in found.scale.probability.ends)
    money = ""
    if found.trials.has_cost:
        money = ", " + ", ".join(_money(found, end).lstrip("+") for end in found.scale.cost.ends)
    return f"Bands are {whose}; they end at {shares}; {ends}{money}. The larger of delay and cost counts."
