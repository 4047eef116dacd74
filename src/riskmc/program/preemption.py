"""Pre-emption: work that takes units from running work, and what the interrupted work does on its return."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import model_validator

from riskmc.program.noun import Data, Noun
from riskmc.program.words import Duration


class Preemption(Noun):
    """Whether an activity may interrupt others and be interrupted, where the pool allows it: ``false`` is neither."""

    also_written: ClassVar[list[Data]] = [{"type": "boolean"}]

    interrupts: bool = True
    """It may take units from running work of a worse priority."""
    interruptible: bool = True
    """Its units may be taken for work of a better priority."""
    resumes: Literal["continue", "restart", "redraw"] = "continue"
    """On its return: what is left, all of it again, or all of it with a duration drawn anew."""
    set_up: Duration | None = None
    """What it takes in addition after every interruption."""

    @model_validator(mode="before")
    @classmethod
    def _from_one_word(cls, value: Any) -> Any:
        words = {"true": True, "yes": True, "false": False, "no": False}
        found = words.get(value.lower(), value) if isinstance(value, str) else value
        return {"interrupts": found, "interruptible": found} if isinstance(found, bool) else value
