"""The overlay: a risk analyst's program laid over the plan of a planning tool (`plan: harbour.xer`).

What the overlay says of a calendar, project or activity changes that word alone; what the plan says stays otherwise.
The plan's duration stays the planned value beside the analyst's range.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from riskmc.program.activity import Activity
from riskmc.program.estimate import Cost, Estimate
from riskmc.program.noun import Noun
from riskmc.program.program import Program


def overlay(plan: Program, own: Program) -> Program:
    """Return the program ``own`` laid over the program of its plan file; names and numbers of ``own`` count first."""
    words = {word: _merged(getattr(plan, word), said) for word, said in own.words_given().items()}
    return plan.but(**words)


def _merged(old: Any, new: Any) -> Any:
    """Return one word of the plan with the overlay's word over it."""
    if isinstance(new, Estimate) and isinstance(old, Estimate):
        return new if new.plan is not None else Estimate(plan=old.plan, range=new.range)
    if isinstance(new, Noun) and type(new) is type(old):
        return _over(old, new)
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        return {**old, **{key: _merged(old[key], said) if key in old else said for key, said in new.items()}}
    if isinstance(new, tuple) and isinstance(old, tuple) and new and isinstance(new[0], Noun):
        return (*(item for item in old if item not in new), *new)
    return new


def _over(old: Noun, new: Noun) -> Noun:
    """Return one noun of the plan with the words of the overlay over it; links of an overlay replace the plan's."""
    kept = ("after",) if isinstance(new, Activity) else ()
    said = new.words_given()
    if isinstance(new, Activity | Cost) or any(isinstance(value, Mapping) for value in said.values()):
        said = {word: value if word in kept else _merged(getattr(old, word), value) for word, value in said.items()}
    return old.but(**said) if said else old
