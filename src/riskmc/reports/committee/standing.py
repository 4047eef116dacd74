"""What a committee report stands on: the quality of the schedule, what was relaxed and assumed, and what made it."""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.forecast.figures import iterations_text
from riskmc.forecast.language import formats, said
from riskmc.program.contents import program_days
from riskmc.reports.answers.check import gate_sentences, moves_sentence
from riskmc.reports.answers.check_gate import points_section
from riskmc.reports.committee.material import Material
from riskmc.reports.document import remarks
from riskmc.reports.document.blocks import Block, Listing, Part, Remark, Table
from riskmc.reports.document.forecast_parts import coverage, stacked_part
from riskmc.simulation.trials import Trials

MOST_LISTED = 20


def quality_part(material: Material) -> Part:
    """Return how good the schedule is: the gate, what moves the forecast most, and how much of the work has ranges."""
    return stacked_part("quality", said("Schedule quality"), _quality(material))


def _quality(material: Material) -> Iterator[Block]:
    yield from coverage(material.trials)
    found = material.findings
    if found is None:
        return
    yield from map(Remark, gate_sentences(found))
    if found.trials.random:
        made = iterations_text(len(found.trials))
        yield Remark(
            said(
                "P80 of the finish, in paired runs of {iterations}. {what}", iterations=made, what=moves_sentence(found)
            )
        )
    if found.dcma:
        yield Table(said("The 14 points of the schedule gate"), points_section(found.dcma), "gate")


def conditions_part(material: Material) -> Part:
    """Return what was relaxed and ignored to simulate the plan, what is assumed, and what is not in the model."""
    trials = material.trials
    told = {
        said("Relaxed to simulate it"): tuple(map(said, trials.relaxed)),
        said("Ignored"): tuple(map(said, trials.ignored)),
        said("Notes"): tuple(map(said, trials.notes)),
        said("Assumed"): trials.program.assumptions,
        said("Not in the model"): trials.program.not_in_the_model,
    }
    entries = tuple((term, _first(tuple(sentences))) for term, sentences in told.items() if sentences)
    title = said("What was relaxed and assumed, and what is not in the model")
    return stacked_part("conditions", said("Assumptions"), [Listing(title, entries)] if entries else [])


def _first(sentences: tuple[str, ...]) -> tuple[str, ...]:
    more = len(sentences) - MOST_LISTED
    return (
        sentences if more <= 1 else (*sentences[:MOST_LISTED], said("and {count} more", count=formats().number(more)))
    )


def provenance_part(material: Material) -> Part:
    """Return what made these numbers, and how to make them again."""
    trials = material.trials
    entries = tuple((term, (text,)) for term, text in _provenance(material, trials) if text)
    listed = Listing(said("How these numbers were made, and how to repeat them"), entries)
    return stacked_part("provenance", said("Provenance"), [listed])


def _provenance(material: Material, trials: Trials) -> Iterator[tuple[str, str]]:
    days = program_days(trials.program)
    yield said("Program"), trials.program.program
    yield from ((said(word), str(day)) for word, day in days.items())
    if trials.scenario:
        yield said("Scenario"), trials.scenario
    yield said("Mitigation"), said(remarks.STATES[trials.mitigation])
    yield said("Simulated"), iterations_text(len(trials)) if trials.random else said("nothing random")
    yield said("Seed"), str(trials.seed)
    yield said("Program hash"), trials.hash
    if material.changed is not None:
        yield said("Compared with"), said("program {hash}", hash=material.changed.old.hash)
    yield said("Engine"), trials.engine
    yield said("Version"), f"riskmc {trials.version}"
    yield said("To the same bits"), remarks.provenance(trials).notes[0]
    yield said("Plan recomputed"), " ".join(remarks.understanding(trials).notes)
    yield said("Engines"), _crosschecked(material)
    yield said("Intervals"), said(remarks.SIMULATION_ERROR) if trials.random else ""


def _crosschecked(material: Material) -> str:
    if material.crosscheck is None:
        return said("not compared in this report; riskmc crosscheck compares them")
    return ". ".join(material.crosscheck.sentences())
