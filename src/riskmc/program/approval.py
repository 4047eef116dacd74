"""Approvals: those who must agree before work counts as finished, stakeholders discovered late included."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from riskmc.errors import ArgumentError
from riskmc.program.chance import Chance
from riskmc.program.measure import CountSize
from riskmc.program.noun import Noun
from riskmc.program.words import BareResources, Positive, Words, WorkShareSize, WorkSize


class Approval(Noun):
    """Approval after the work is done: how many approvers, how long each takes, and what a rejection sends back."""

    takes: WorkSize
    """How long one approver takes, drawn for each."""
    approvers: int = Field(default=1, ge=0, le=1000)
    """How many are known beforehand."""
    discovered: CountSize | None = None
    """How many more turn out to have a say, once the known ones have approved."""
    by: Annotated[dict[str, Positive], BareResources] = Field(default_factory=dict)
    """Units of resources that every approver needs while deciding."""
    order: Literal["parallel", "sequence"] = "parallel"
    reject: Chance | None = None
    """The chance that an approver sends the work back, for every round or round by round."""
    redo: WorkShareSize | None = None
    """How much of the original work a rejection makes to be done again; needed with `reject`."""
    of: Words = ()
    """The activities that are done again: this one, and others before it; default: this one."""
    at_most: int | None = Field(default=None, ge=1, le=1000)
    """After so many rejections the work is approved as it is; needed with `reject`."""

    @model_validator(mode="after")
    def _consistent(self) -> Approval:
        if self.approvers == 0 and self.discovered is None:
            raise ArgumentError("an approval needs `approvers`, `discovered`, or both")
        said = {"redo": self.redo is not None, "of": bool(self.of), "at_most": self.at_most is not None}
        lacking = [word for word in ("redo", "at_most") if not said[word]]
        if self.reject is not None and lacking:
            raise ArgumentError(f"`reject` needs {' and '.join(f'`{word}`' for word in lacking)} beside it")
        idle = [word for word, given in said.items() if given]
        if self.reject is None and idle:
            raise ArgumentError(f"`{idle[0]}` needs `reject`: the chance that work is sent back")
        return self
