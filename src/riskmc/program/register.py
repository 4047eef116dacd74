"""The register: the file of a company's risk register, and how its columns and words are to be read."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field, model_validator

from riskmc.errors import ArgumentError, joined, nearest
from riskmc.program.noun import AS_TEXT, Data, Noun, scalar_as
from riskmc.program.scale import Scales

_PARTS = ("", "_low", "_mode", "_high")
_ASSESSED = ("probability", *(f"{field}{part}" for field in ("schedule", "cost") for part in _PARTS))
COLUMNS = (
    "id", "title", "description", "cause", "event", "effect", "owner", "category", "kind", "status", "from", "to",
    "activities", "wbs", "pattern", "applies", "response", "response_cost", "response_status",
    *_ASSESSED, *(f"{stage}_{name}" for stage in ("inherent", "current", "target") for name in _ASSESSED),
)  # fmt: skip


class Register(Noun):
    """A risk register in a workbook or as CSV, one row a risk: ``risks.xlsx``, or with what it takes to read it."""

    also_written: ClassVar[list[Data]] = [AS_TEXT]

    file: str
    """Beside the program file, or where its path says."""
    sheet: str | None = None
    """The sheet with the risks; default: the one whose headings are known best."""
    scales: Scales | None = None
    """What its words mean: a table, the file of one, or `default`."""
    columns: dict[str, str] = Field(default_factory=dict)
    """The headings of columns that are not recognised: `{probability: "Likelihood today"}`."""

    @model_validator(mode="before")
    @classmethod
    def _from_file(cls, value: Any) -> Any:
        return scalar_as(value, "file")

    @model_validator(mode="after")
    def _known_columns(self) -> Register:
        for name in self.columns:
            if name not in COLUMNS:
                known = " ".join(column for column in COLUMNS if not column.startswith("inherent"))
                told = joined(nearest(name, COLUMNS), f"known: {known}")
                raise ArgumentError(f"columns: unknown column {name!r}{told}")
        return self
