"""Folder to begin with: the commented program file over its risk register, a notebook, and the next three commands."""

from __future__ import annotations

import json
from pathlib import Path

from riskmc.io.workbook.template import program_text

PROGRAM, REGISTER, NOTEBOOK, READ_ME = "program.yaml", "risks.csv", "first_forecast.ipynb", "README.md"
_HERE = Path(__file__).parent
_AFTER = "currency: EUR\n"  # the line of the program file that the register follows
_JOINED = (
    f"register: {REGISTER}              # more risks, kept in a spreadsheet: riskmc register {REGISTER} --plan FILE\n"
)
_CELLS = (  # text and code in turn
    "# When will it finish, what will it cost, and how sure are we?\n"
    f"The program is `{PROGRAM}` in this folder; write your own over it, and run the notebook again.",
    f'import riskmc as rm\n\nprogram = rm.read("{PROGRAM}")\nprogram',
    "Is it fit for a forecast?",
    "rm.check(program)",
    "The answer: the dates and amounts that are not exceeded in half, and in 80%, of the simulated courses.",
    "base = rm.simulate(program)\nbase",
    "What drives the finish?",
    "rm.drivers(base)",
    "What would each scenario change? Both meet the same draws, so the difference is the scenario's alone.",
    "rm.compare(base, *(rm.simulate(program, scenario=name) for name in program.scenarios))",
)


def contents() -> dict[str, str]:
    """Return the text of each file of the folder, by name."""
    program = program_text().replace("FILE", PROGRAM).replace(_AFTER, _AFTER + _JOINED.replace("FILE", PROGRAM), 1)
    return {
        PROGRAM: program,
        REGISTER: _text(REGISTER),
        NOTEBOOK: _notebook(),
        READ_ME: _text(READ_ME),
    }


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _notebook() -> str:
    """Return the notebook, not yet run, in the format nbformat 4.5."""
    cells = [_cell(place, source) for place, source in enumerate(_CELLS)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


def _cell(place: int, source: str) -> dict[str, object]:
    told: dict[str, object] = {"id": f"cell-{place}", "metadata": {}, "source": source.splitlines(keepends=True)}
    if place % 2:
        return {"cell_type": "code", "execution_count": None, "outputs": [], **told}
    return {"cell_type": "markdown", **told}
