"""Remarks: what the answer rests on: what was relaxed, ignored and assumed, coverage (P2), provenance (A6)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from riskmc.analysis.kept_delays import days_text
from riskmc.forecast.figures import covered, iterations_text, printable, shortened
from riskmc.forecast.language import counted, formats, marked, said
from riskmc.reports.document.layout import Section
from riskmc.reports.records.provenance import USUAL
from riskmc.simulation.trials import Coverage, Trials
from riskmc.simulation.understanding import Understanding

SIMULATION_ERROR = marked(
    "95% interval: simulation error only; it says nothing of errors in the plan, the ranges or the risks."
)
STATES = {"pre": marked("pre"), "current": marked("current"), "post": marked("post")}
MOST_SENTENCES = 5
ENOUGH = 0.80
MOST_OF_A_NAME = 60


def coverage(trials: Trials) -> Section:
    """Return what share of the remaining work carries a range, as a warning where that is too little (P2)."""
    shares = trials.coverage
    if shares is None:
        return Section()
    work, driving = covered(shares.work), covered(shares.driving)
    told = said(
        "Ranges cover {work} of the remaining work and {driving} of the driving paths.", work=work, driving=driving
    )
    if trials.has_cost and trials.cost_cents.min() == trials.cost_cents.max():
        constant = said("The cost is the same in every iteration: nothing that it is made of is uncertain.")
        told = f"{told} {constant}"
    if not _thin(shares):
        return Section(notes=[told])
    thin = said("Warning: {told} Work without a range is taken as certain: expect a later, wider forecast.", told=told)
    return Section(notes=[thin], warning=True)


def _thin(shares: Coverage) -> bool:
    return min(shares.work, shares.driving) < ENOUGH


def understanding(trials: Trials) -> Section:
    """Return how many activities of the plan were recomputed on their stored dates, as a warning where not all were."""
    found = trials.recomputed
    if found is None:
        return Section()
    told = said(
        "{matched} of {compared} activities recomputed on {tool}'s own dates",
        matched=formats().number(found.matched),
        compared=formats().number(found.compared),
        tool=found.tool,
    )
    if found.complete:
        return Section(notes=[f"{told}."])
    file = shortened(printable(Path(found.file).name), MOST_OF_A_NAME)
    seen = said("Warning: {told}: see riskmc verify {file}.", told=told, file=file)
    return Section(notes=[f"{seen}{_delays(found)}"], warning=True)


def _delays(found: Understanding) -> str:
    """Return what is lost to delays that logic does not explain, and what became of them."""
    count = len(found.delays)
    if not count:
        return ""
    done = said("kept") if found.kept else said("left out (--delays keep)")
    told = counted(
        "{count} starts later than logic asks, {days} in all: {done}.",
        "{count} start later than logic asks, {days} in all: {done}.",
        count,
        days=days_text(found.delay_days),
        done=done,
    )
    return f" {told}"


def conditions(trials: Trials) -> Section:
    """Return what was relaxed, ignored and assumed, a few lines of each."""
    program = trials.program
    lines = [
        *_listed(said("Relaxed"), [*map(said, trials.relaxed)]),
        *_listed(said("Ignored"), [*map(said, trials.ignored)]),
        *_listed(said("Note"), [*map(said, trials.notes)]),
        *_listed(said("Assumed"), program.assumptions),
        *_listed(said("Not in the model"), ["; ".join(program.not_in_the_model)] if program.not_in_the_model else []),
    ]
    return Section(notes=lines)


def endless(trials: Trials) -> Section:
    """Return how many iterations did not end (D8), for an answer that tells no other notes; nothing where all did."""
    if not trials.censored:
        return Section()
    told = counted(
        "{count} of {all} iterations did not end, and counts as finishing at the end of the calendars.",
        "{count} of {all} iterations did not end, and count as finishing at the end of the calendars.",
        trials.censored,
        all=formats().number(len(trials)),
    )
    return Section(notes=[told])


def _listed(heading: str, sentences: Iterable[str]) -> list[str]:
    told = [f"{heading}: {sentence}" for sentence in sentences]
    more = len(told) - MOST_SENTENCES
    return told if more <= 1 else [*told[:MOST_SENTENCES], f"{heading}: {_more(more)}"]


def _more(count: int) -> str:
    return counted("{count} more, see --json.", "{count} more, see --json.", count)


def provenance(trials: Trials) -> Section:
    """Return the line from which these numbers can be made again, to the same bits (A6)."""
    scenario = [said("scenario {name}", name=trials.scenario)] if trials.scenario else []
    planned = [said("constraints as planned")] if trials.constraints == "as-planned" else []
    sampled = ["Latin hypercube"] if trials.sampling == "lhs" else []
    dispatched = [] if trials.dispatch in (None, USUAL) else [said("dispatch {word}", word=trials.dispatch)]
    parts = [
        iterations_text(len(trials)) if trials.random else said("nothing random"),
        said("seed {seed}", seed=trials.seed),
        said("program {hash}", hash=trials.hash),
        trials.engine,
        *dispatched,
        *sampled,
        said("mitigation {state}", state=said(STATES[trials.mitigation])),
        *scenario,
        *planned,
        f"riskmc {trials.version}",
    ]
    return Section(notes=[", ".join(parts)])
