"""The web page of a live what-if: knobs with labels, and the panel that follows them; it asks no outside address."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from riskmc.forecast.figures import printable
from riskmc.forecast.language import marked, said, spoken
from riskmc.live.knob import Knob
from riskmc.live.panel import STYLE, write_panel
from riskmc.live.what_if import WhatIf
from riskmc.live.widgets import HEADINGS, label_of

if TYPE_CHECKING:
    from jinja2 import Template

_SLOW = marked("Work queues for resources here: every answer is simulated anew, which takes longer.")
_BUSY, _SLOWLY = marked("Working\u2026"), marked("Simulating anew: work queues for resources\u2026")


def write_page(asked: WhatIf, nonce: str) -> str:
    """Return the page as HTML, as it stands before anything is turned; ``nonce`` allows its own style and script."""
    told = said("Move a slider: the forecast follows, with the same chance events on both sides.")
    return _template().render(
        name=asked.program.program,
        sub=told if asked.is_quick else f"{told} {said(_SLOW)}",
        groups=_groups(asked),
        panel=write_panel(asked.answer({})),
        panel_css=STYLE,
        css=_text("page.css"),
        script=_text("page.js"),
        busy=said(_BUSY if asked.is_quick else _SLOWLY),
        said=said,
        lang=spoken().name,
        nonce=nonce,
    )


def _groups(asked: WhatIf) -> list[tuple[str, list[dict[str, Any]]]]:
    controls = {key: _control(knob, place) for place, (key, knob) in enumerate(asked.knobs.items())}
    found = [
        (said(heading), [controls[key] for key, knob in asked.knobs.items() if knob.group == group])
        for group, heading in HEADINGS.items()
    ]
    return [(heading, inside) for heading, inside in found if inside]


def _control(knob: Knob, place: int) -> dict[str, Any]:
    """Return what the template says of a knob; percent are written as whole numbers, 80 for 0.8."""
    scale = 100 if knob.form == "percent" else 1
    at = f"{scale * float(knob.neutral):.10g}" if knob.form in ("percent", "count") else knob.text(knob.neutral)
    return {
        "id": f"knob{place}", "key": knob.key, "form": knob.form, "label": label_of(knob), "at": at,
        "low": f"{scale * knob.low:.10g}", "high": f"{scale * knob.high:.10g}", "step": f"{knob.step:g}",
        "unit": "%" if knob.form == "percent" else "", "choices": knob.choices,
    }  # fmt: skip


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("riskmc.live", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_shown
    )
    return environment.get_template("page.html.j2")


def _shown(value: Any) -> Any:
    """Return text without characters that steer a page or the direction of writing; markup as it is."""
    return printable(value) if type(value) is str else value


@cache
def _text(name: str) -> str:
    return files("riskmc.live").joinpath("templates", name).read_text(encoding="utf-8")
