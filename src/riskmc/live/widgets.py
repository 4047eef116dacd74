"""The notebook's face of a live what-if: sliders and switches of ipywidgets beside the panel that follows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from importlib import import_module
from typing import Any

from riskmc.errors import ArgumentError, RiskmcError
from riskmc.forecast.language import marked, said
from riskmc.live.knob import Knob, Value
from riskmc.live.panel import STYLE

HEADINGS = {
    "durations": marked("How long it takes"),
    "costs": marked("What it costs"),
    "risks": marked("How likely it is"),
    "responses": marked("Responses"),
    "resources": marked("How many there are"),
    "question": marked("The question"),
}
_NAMED = "330px"


def toolkit() -> Any:
    """Return ipywidgets; ArgumentError with what to install where it is missing."""
    try:
        return import_module("ipywidgets")
    except ImportError:
        raise ArgumentError("explore in a notebook needs ipywidgets: pip install 'riskmc[notebook]'") from None


class Widgets:
    """The controls of a what-if; ``turned`` is called with the changes, ``kept`` with a name.

    Both return HTML: the panel, and a sentence. A fault becomes a sentence, too. ``fields`` returns what date and
    budget are before they are turned, which hangs on the place that is chosen.
    """

    def __init__(
        self,
        knobs: Mapping[str, Knob],
        turned: Callable[[dict[str, object]], str],
        kept: Callable[[str], str],
        fields: Callable[[], Mapping[str, str]],
    ):
        kit, self._knobs, self._turned, self._kept, self._silent = toolkit(), knobs, turned, kept, False
        self._controls = {key: _control(kit, knob) for key, knob in knobs.items()}
        self._fields, self._stands = fields, {key: _shown(knob, None) for key, knob in knobs.items()}
        self._panel, self._said = kit.HTML(), kit.HTML()
        self._name = kit.Text(placeholder="name_of_the_scenario", description=said("Name"), layout={"width": _NAMED})
        keep, reset = (kit.Button(description=text) for text in (said("Keep this as a scenario"), said("As it stands")))
        keep.layout.width = reset.layout.width = "auto"
        for control in self._controls.values():
            control.observe(self._follow, names="value")
        keep.on_click(self._keep)
        reset.on_click(lambda _: self.show({}))
        left = [*self._grouped(kit), kit.HBox([reset]), self._name, keep, self._said]
        columns = [kit.VBox(left, layout={"width": "360px", "flex": "0 0 auto"}), self._panel]
        self.box = kit.HBox(columns, layout={"flex_flow": "row wrap"})
        self._panel.layout.flex = "1 1 480px"

    def changes(self) -> dict[str, object]:
        """Return the values of the controls that are not as the program has them, by key."""
        said = {key: _value(self._knobs[key], control.value) for key, control in self._controls.items()}
        return {key: value for key, value in said.items() if value != self._stands[key]}

    def show(self, changes: Mapping[str, Value]) -> None:
        """Set every control: to its change, else to what the program has; the panel follows once."""
        self._silent = True
        try:
            for key, control in self._controls.items():
                field = self._knobs[key].form in ("date", "amount") and key not in changes
                control.value = self._stands[key] if field else _position(self._knobs[key], changes.get(key))
        finally:
            self._silent = False
        self._follow(None)

    def _follow(self, _: object) -> None:
        if self._silent:
            return
        try:
            self._panel.value = f'<div class="riskmc-live"><style>{STYLE}</style>{self._turned(self.changes())}</div>'
            self._said.value = ""
            self._stand(self._fields())
        except RiskmcError as error:
            self._said.value = _sentence(str(error))

    def _stand(self, fields: Mapping[str, str]) -> None:
        """Let the fields that are not turned say what stands at the place that is chosen now."""
        silent, self._silent = self._silent, True
        for key, text in fields.items():
            turned = self._controls[key].value != self._stands[key]
            self._stands[key] = text
            if not turned:
                self._controls[key].value = text
        self._silent = silent

    def _keep(self, _: object) -> None:
        try:
            self._said.value = _sentence(self._kept(self._name.value.strip()))
        except RiskmcError as error:
            self._said.value = _sentence(str(error))

    def _grouped(self, kit: Any) -> list[Any]:
        found = []
        for group, heading in HEADINGS.items():
            inside = [self._controls[key] for key, knob in self._knobs.items() if knob.group == group]
            labels = [_label(knob) for knob in self._knobs.values() if knob.group == group]
            if inside:
                found.append(kit.HTML(f"<b>{escape(said(heading))}</b>"))
            for control, label in zip(inside, labels, strict=True):
                switch = isinstance(control, kit.Checkbox)
                found += [control] if switch else [kit.HTML(escape(label)), control]
        return found


def _control(kit: Any, knob: Knob) -> Any:
    layout = {"width": _NAMED}
    if knob.form == "switch":
        return kit.Checkbox(
            value=bool(knob.neutral), description=escape(knob.label), indent=False, tooltip=knob.label, layout=layout
        )
    if knob.form in ("date", "amount"):
        return kit.Text(value=_position(knob, None), continuous_update=False, tooltip=knob.label, layout=layout)
    if knob.form == "choice":
        named = [(label, value) for value, label in knob.choices]
        return kit.Dropdown(options=named, value=knob.neutral, tooltip=knob.label, layout=layout)
    scale = 100 if knob.form == "percent" else 1
    return kit.FloatSlider(
        value=_position(knob, None), min=knob.low * scale, max=knob.high * scale, step=knob.step,
        readout_format=f",.{_decimals(knob.step)}f", continuous_update=False, tooltip=knob.label, layout=layout,
    )  # fmt: skip


def _label(knob: Knob) -> str:
    return f"{label_of(knob)}, %" if knob.form == "percent" else label_of(knob)


def label_of(knob: Knob) -> str:
    """Return what stands beside a knob: a name of the program as it is, riskmc's own words in the language in force."""
    return said(knob.label) if knob.group == "question" else knob.label


def _decimals(step: float) -> int:
    """Return how many digits behind the point a step has."""
    return next(digits for digits in range(9) if round(step, digits) == step)


def _position(knob: Knob, value: Value | None) -> Any:
    """Return where a control stands: in percent, on or off, or as text; where the program has it for None."""
    said = knob.neutral if value is None else value
    if knob.form == "switch":
        return bool(said)
    if knob.form in ("date", "amount", "choice"):
        return knob.text(said)
    return round(100 * float(said), 6) if knob.form == "percent" else float(said)


def _shown(knob: Knob, value: Value | None) -> object:
    return _value(knob, _position(knob, value))


def _value(knob: Knob, position: Any) -> object:
    """Return what the position of a control says to the knob."""
    return f"{position:.12g}%" if knob.form == "percent" else position


def _sentence(text: str) -> str:
    return f'<div class="riskmc-live" role="status">{escape(text)}</div>'
