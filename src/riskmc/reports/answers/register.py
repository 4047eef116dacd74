"""The register told: the risks that are drawn with their values, the responses, what is left out and why; JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from riskmc.forecast.figures import shortened
from riskmc.io.register.reader import Reading
from riskmc.io.register.row import Outcome
from riskmc.io.sheets.sheet import cell_name
from riskmc.program.notation import size_text
from riskmc.program.numeral import share_text
from riskmc.program.quantity import Size
from riskmc.program.response import Response
from riskmc.program.risk import Impact
from riskmc.program.scale import band_text, words_of
from riskmc.reports.document.layout import WIDTH, Column, Section, rendered
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry
from riskmc.version import VERSION

NAME_WIDTH = 60


def tell_register(reading: Reading, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed register as text of ``width`` columns."""
    return rendered(_opening(reading), _sections(reading), width, colour)


def dumps_register(reading: Reading) -> str:
    """Return the register as JSON text, one risk a line."""
    return json_text(compose_register(reading), 2)


def compose_register(reading: Reading) -> Entry:
    """Return the register as plain dictionaries, lists, text and numbers."""
    responses = reading.responses
    return {
        "file": Path(reading.file).name,
        "sheet": reading.sheet.name or None,
        "version": VERSION,
        "scales": {"from": reading.source, **_dumped(reading.scales)},
        "columns": {name: columns[0].text for name, columns in reading.headings.columns.items()},
        "risks": [_entry(row, found) for row, found in reading.rows],
        "responses": [{"id": name, **_dumped(response)} for name, response in responses.items()],
        "notes": reading.notes(),
    }


def _entry(row: int, found: Outcome) -> Entry:
    risk = {} if found.risk is None else _dumped(found.risk)
    return {
        "id": found.id,
        "row": row,
        "name": found.name,
        "drawn": not found.reason,
        "reason": _reason(found) or None,
        "partly": found.partly,
        **{word: said for word, said in risk.items() if word != "name"},
    }


def _dumped(noun: object) -> Entry:
    dump = getattr(noun, "model_dump")  # noqa: B009
    found: Entry = dump(mode="json", by_alias=True, exclude_defaults=True)
    return found


def _opening(reading: Reading) -> list[str]:
    drawn, rows = len(reading.drawn()), len(reading.rows)
    where = f" (sheet {reading.sheet.name})" if reading.sheet.name else ""
    return [f"{drawn:,} of {rows:,} risks of {Path(reading.file).name}{where} are drawn.", _scales(reading)]


def _scales(reading: Reading) -> str:
    """Return where the words are translated, and the names of the bands."""
    source = {"default": "riskmc's default scales", "said": "the scales that were given"}.get(
        reading.source, f"the scales of the {reading.source}"
    )
    return f"Words such as High are translated by {source}."


def _sections(reading: Reading) -> Iterator[Section]:
    yield _risks(reading.drawn())
    yield _responses(reading)
    yield _left_out(reading.left_out())
    yield _columns(reading)
    yield Section(notes=[f"Note: {note}" for note in reading.notes() if ": left out, " not in note][1:])


def _risks(drawn: Iterable[Outcome]) -> Section:
    columns = [Column("Risk", yields=True), Column("Chance", right=True), Column("Schedule", yields=True)]
    columns += [Column("Cost", yields=True), Column("On", yields=True), Column("How")]
    rows = []
    for found in drawn:
        if found.risk is not None:
            chance = share_text(round(found.risk.probability or 0.0, 4))
            impacts = {impact.id: impact for impact in found.risk.impacts}
            rows.append(
                (
                    _called(found),
                    chance,
                    *_told(found.risk.impacts),
                    _on(impacts.values()),
                    _how(impacts.get("schedule")),
                )
            )
    return Section(columns, rows) if rows else Section()


def _called(found: Outcome) -> str:
    return shortened(found.id if found.name in ("", found.id) else f"{found.id} {found.name}", NAME_WIDTH)


def _told(impacts: Iterable[Impact]) -> tuple[str, str]:
    """Return what a risk does to the schedule and to costs."""
    delays = [_size(impact.duration) for impact in impacts if impact.duration is not None]
    costs = [_size(impact.cost) for impact in impacts if impact.cost is not None]
    return "; ".join(delays), "; ".join(costs)


def _size(size: Size) -> str:
    """Return a size in few words: `+ 5d - 20d`, `x 110%`."""
    plain = Size(size.family, size.parameters, size.clip)
    told = band_text(plain) if size.family == "uniform" else size_text(plain)
    return f"{size.operation} {told}".strip()


def _on(impacts: Iterable[Impact]) -> str:
    names = dict.fromkeys(name for impact in impacts for name in impact.on or ("the program",))
    return shortened(", ".join(names), NAME_WIDTH)


def _how(impact: Impact | None) -> str:
    if impact is None or impact.spread is None:
        return ""
    return "own" if impact.own_size else impact.spread


def _responses(reading: Reading) -> Section:
    columns = [Column("Response", yields=True), Column("Status"), Column("Cost", yields=True), Column("Risk")]
    columns += [Column("Chance", right=True), Column("Schedule", yields=True), Column("Then costs", yields=True)]
    rows = [_response(response) for response in reading.responses.values()]
    return Section(columns, rows) if rows else Section()


def _response(response: Response) -> tuple[str, ...]:
    name, change = next(iter(response.acts_on.items()))
    chance = "" if change.probability is None else share_text(round(change.probability, 4))
    cost = "" if response.cost is None else _size(response.cost)
    told = ("", "") if change.impacts is None else _told(change.impacts)
    return shortened(response.name or "", NAME_WIDTH), response.status.replace("_", " "), cost, name, chance, *told


def _left_out(outcomes: list[Outcome]) -> Section:
    rows = [(_called(found), _reason(found)) for found in outcomes]
    return Section([Column("Left out", yields=True), Column("Reason", yields=True)], rows) if rows else Section()


def _reason(found: Outcome) -> str:
    return f"{found.reason} ({found.detail})" if found.detail and found.reason else found.reason


def _columns(reading: Reading) -> Section:
    """Return which columns were read as what, and the words of the scales."""
    row = reading.headings.row
    found = [
        (column.number, name, column.text) for name, columns in reading.headings.columns.items() for column in columns
    ]
    rows = [(cell_name(row, number), shortened(text, NAME_WIDTH), name) for number, name, text in sorted(found)]
    notes = []
    for what in ("probability", "schedule", "cost"):
        bands = getattr(reading.scales, what)
        told = ", ".join(
            f"{key.partition('/')[0].strip()} {band_text(band)}" for key, band in bands.items() if words_of(key)
        )
        notes += [f"Scale of {what}: {told}"] if told else []
    return Section([Column("Heading"), Column("Text", yields=True), Column("Read as")], rows, notes)
