"""What responses make of the impacts of a risk: cases, of which one acts in each iteration (K6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from riskmc.errors import ProgramError
from riskmc.network.events import ALWAYS, NEVER, Term
from riskmc.network.risks import ActiveResponse
from riskmc.program.response import RiskChange
from riskmc.program.risk import Impact


class Case(NamedTuple):
    """Impacts that act where every term of ``gate`` holds, scaled by field; ``prefix`` names their variables."""

    gate: list[Term]
    impacts: Sequence[Impact]
    scales: dict[str, float]
    prefix: str


def branched(case: Case, active: ActiveResponse, change: RiskChange, risk: str) -> list[Case]:
    """Return what becomes of a case under a response: changed where it works, as it was where it does not (K6)."""
    if active.works == NEVER:
        return [case]
    changed = case._replace(gate=[*case.gate, (active.works, False)], scales=_scales(case, active, change, risk))
    if change.impacts is not None:
        changed = changed._replace(impacts=change.impacts, scales={}, prefix=f"response/{active.name}/{risk}")
    elif change.duration is None and change.cost is None:
        return [case]
    return [changed] if active.works == ALWAYS else [changed, case._replace(gate=[*case.gate, (active.works, True)])]


def _scales(case: Case, active: ActiveResponse, change: RiskChange, risk: str) -> dict[str, float]:
    scales = dict(case.scales)
    for field_name, size in (("duration", change.duration), ("cost", change.cost)):
        if size is not None and not size.certain:
            place = f"responses.{active.name}.acts_on.{risk}.{field_name}"
            raise ProgramError.at(place, "the scale of an impact is one certain share, such as x 50%")
        if size is not None:
            scales[field_name] = scales.get(field_name, 1.0) * size.value.value
    return scales


__all__ = ["Case", "branched"]
