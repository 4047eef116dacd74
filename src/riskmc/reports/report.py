"""Report: the forecast for those who decide, as a page, a PDF, slides, a workbook or text.

    rm.report(base, faster, to="committee.html")

What is said is made once, as a document; the ending of each file says how it is set.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from riskmc.analysis.crosscheck import Crosscheck
from riskmc.analysis.diff import ProgramDiff, diff
from riskmc.errors import ArgumentError, nearest
from riskmc.forecast.language import speaking
from riskmc.program.program import Program
from riskmc.reports.committee.composed import committee_document
from riskmc.reports.committee.material import gather
from riskmc.reports.destination import STANDARD_OUTPUT, check_destination, write_whole
from riskmc.reports.document.document import Document
from riskmc.reports.html.page import html_text
from riskmc.reports.markdown.text import markdown_text
from riskmc.reports.pdf.paper import pdf_bytes
from riskmc.reports.slides.deck import pptx_bytes
from riskmc.reports.theme.file import read_theme
from riskmc.reports.theme.theme import PLAIN, Theme
from riskmc.reports.workbook.book import xlsx_bytes
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import Trials

Written = Callable[[Document, Theme], str | bytes]
File = str | os.PathLike[str]

FORMATS: dict[str, Written] = {
    ".html": html_text,
    ".pdf": pdf_bytes,
    ".pptx": pptx_bytes,
    ".xlsx": xlsx_bytes,
    ".md": markdown_text,
}


def report(
    trials: Trials,
    *others: Trials,
    to: File | Sequence[File],
    against: Program | File | None = None,
    theme: Theme | File = PLAIN,
    crosscheck: Crosscheck | None = None,
    left_out: Sequence[str] = (),
    progress: Progress | None = None,
) -> list[Path]:
    """Return the files of the report of ``trials``, each written in the format of its ending; all of them, or none.

    Parameters
    ----------
    trials : Trials
        What is reported: simulate with ``statistics=True`` for the critical path.
    others : Trials
        Scenarios beside it, from the same seed and iterations.
    to : path or sequence of paths
        Files ending in .html, .pdf, .pptx, .xlsx or .md.
    against : Program or path, optional
        The program that was reported before: what changed since, and how far each change moves P80.
    theme : Theme or path
        Logo, colours, language, sections, slide master of the organisation, or the theme file that says them.
    crosscheck : Crosscheck, optional
        How far the engines agree, to be said in the provenance.
    left_out : sequence of str
        What the report does without, and why, to be said beside the scenarios.

    Raises
    ------
    ArgumentError
        A file could not be written, its ending is none of those, or its package is missing (``pip install
        'riskmc[report]'``).
    """
    files = [os.fspath(file) for file in ([to] if isinstance(to, str | os.PathLike) else to)]
    write = {file: format_of(file) for file in files}
    for file in files:
        check_destination(file)
    look = theme if isinstance(theme, Theme) else read_theme(theme)
    changed = None if against is None else _changed(trials, against, progress)
    material = gather(
        trials, *others, changed=changed, crosscheck=crosscheck, left_out=tuple(left_out), progress=progress
    )
    with speaking(look.speech()):
        document = committee_document(material, look)
        made = {file: written(document, look) for file, written in write.items()}
    for file, content in made.items():
        write_whole(content, file)
    return [Path(file) for file in made]


def format_of(file: str) -> Written:
    """Return what writes the format of a file's ending; ArgumentError for another one, and for standard output."""
    suffix = Path(file).suffix.lower()
    if file == STANDARD_OUTPUT:
        raise ArgumentError("a report goes to a file, whose ending says its format: -o report.html")
    if suffix not in FORMATS:
        found = f"{suffix!r}" if suffix else "no ending"
        endings = " ".join(FORMATS)
        raise ArgumentError(f"{file}: a report ends in {endings}, got {found}{nearest(suffix, FORMATS)}")
    return FORMATS[suffix]


def _changed(trials: Trials, against: Program | File, progress: Progress | None) -> ProgramDiff:
    """Return what changed since the program that was reported before, with the settings of the trials."""
    again = trials.again()
    settings = again.settings
    return diff(
        against,
        again.program,
        again.iterations,
        again.seed,
        threads=again.threads,
        sampling=trials.sampling,
        mitigation=settings.mitigation,
        default_range=settings.default_range,
        ignore=settings.ignore,
        constraints=settings.constraints,
        engine=settings.engine,
        dispatch=settings.dispatch,
        strict=settings.strict,
        policies=settings.hooks,
        progress=progress,
    )
