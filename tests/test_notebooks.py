"""The notebooks run from the first cell to the last, show what they are about, and are kept without their outputs."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from rendering import ROOT

NOTEBOOKS = sorted(ROOT.glob("notebooks/*.ipynb"))
IDS = [notebook.stem for notebook in NOTEBOOKS]
IS_PICTURE = re.compile(r"riskmc-notebook.*<svg", re.DOTALL)


def notebook_at(path: Path) -> nbformat.NotebookNode:
    """Return a notebook, checked against the format's schema."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def code_of(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return the code cells of a notebook."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_the_notebook_runs_and_every_cell_shows_something_readable(path: Path, monkeypatch: pytest.MonkeyPatch):
    """It runs in its own folder, as Jupyter does; the sources of this checkout come first."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    notebook = notebook_at(path)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    shown = [[output for output in cell.outputs if output.get("name") != "stderr"] for cell in code_of(notebook)]
    assert all(shown)
    pages = [output.data.get("text/html", "") for outputs in shown for output in outputs if "data" in output]
    plotted = [cell for cell in code_of(notebook) if "rm.plot." in cell.source]
    assert sum(bool(IS_PICTURE.search(page)) for page in pages) == len(plotted)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_the_notebook_is_kept_without_outputs(path: Path):
    """Its answers are made anew by whoever runs it; nothing in the file can be stale."""
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code_of(notebook_at(path)))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_the_notebook_begins_with_its_question_and_ends_in_prose(path: Path):
    cells = notebook_at(path).cells
    assert cells[0].source.startswith("# ")
    assert cells[-1].cell_type == "markdown"
    words = sum(len(cell.source.split()) for cell in cells if cell.cell_type == "markdown")
    assert words > 2 * sum(len(cell.source.split()) for cell in code_of(notebook_at(path)))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_the_links_of_the_notebook_lead_somewhere(path: Path):
    text = "\n".join(cell.source for cell in notebook_at(path).cells if cell.cell_type == "markdown")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (path.parent / target).exists(), target
