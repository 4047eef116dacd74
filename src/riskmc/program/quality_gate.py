"""Quality gates: tests that may send work back, and how much of it is done again (rework loops)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from riskmc.program.chance import Chance
from riskmc.program.noun import Noun
from riskmc.program.words import Words, WorkShareSize


class QualityGate(Noun):
    """A test that may send work back: the chance to fail, the share to redo, and at most how many redos."""

    fail: Chance
    """The chance to fail, for every pass or pass by pass."""
    redo: WorkShareSize
    """How much of the original work is done again, drawn anew for every redo."""
    of: Words = ()
    """The activities that are done again: this one, and others before it; default: this one."""
    at_most: int = Field(ge=1, le=1000)
    """After so many redos a failure is waived."""
    successors: Literal["continue", "pause", "restart"] = "continue"
    """What work that has begun after one that is done again does meanwhile."""
    work: Literal["scaled", "redrawn"] = "scaled"
    """Whether a redo is a share of the duration drawn at first, or of one drawn anew."""
