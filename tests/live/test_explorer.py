"""The explorer in a notebook: widgets turn the knobs, code turns the widgets, and both say the same."""

from __future__ import annotations

import sys

import pytest

import riskmc as rm
from exploring import written
from riskmc.errors import ArgumentError

ipywidgets = pytest.importorskip("ipywidgets", reason="ipywidgets is not installed: pip install 'riskmc[notebook]'")


@pytest.fixture
def live(tmp_path):
    return rm.explore(written(tmp_path), iterations=500)


def controls(live) -> dict:
    live._repr_mimebundle_()
    return live._widgets._controls


def test_a_notebook_shows_widgets_and_a_card_with_a_plain_twin_where_there_are_none(live):
    shown = live._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert "riskmc-card" in shown["text/html"]
    assert shown["text/plain"] == repr(live)
    assert repr(live).startswith("<Explorer 'Canal', 10 knobs: P80 finish ")


def test_moving_a_slider_changes_the_answer_and_the_panel(live):
    slider = controls(live)["p.dig.duration"]
    before = live._widgets._panel.value
    assert (slider.min, slider.max, slider.value) == (50, 200, 100)
    slider.value = 80.0
    assert live.answer.changes == {"p.dig.duration": 0.8}
    anew = rm.simulate(live._asked.program.scenario(live.scenario()), 500)
    assert live.answer.finish.quantile(0.8) == anew.finish().quantile(0.8)
    assert live._widgets._panel.value != before
    assert live.answer.finish.text(anew.finish().quantile(0.8)) in live._widgets._panel.value


def test_a_switch_turned_and_turned_back_leaves_nothing(live):
    switch = controls(live)["responses.tents"]
    switch.value = False
    assert live.answer.changes == {"responses.tents": False}
    switch.value = True
    assert live.answer.changes == {}


def test_turning_knobs_from_code_moves_the_widgets_and_asks_once(live, monkeypatch):
    found, asked = controls(live), []
    original = live._asked.answer
    monkeypatch.setattr(live._asked, "answer", lambda changes: asked.append(dict(changes)) or original(changes))
    answer = live.set({"p.dig.duration": 1.25, "risks.leak.probability": "37.5%", "responses.pumps": True})
    assert (found["p.dig.duration"].value, found["risks.leak.probability"].value) == (125, 37.5)
    assert found["responses.pumps"].value is True
    assert live.answer.changes == answer.changes
    assert len(asked) == 2  # the code's question, and the widgets' own
    live.set({})
    assert (found["p.dig.duration"].value, live.answer.changes) == (100, {})


def test_a_wrong_date_is_told_beside_the_knobs_and_the_answer_stays(live):
    field = controls(live)["finish"]
    before = live.answer
    field.value = "soon"
    assert "a date is written 2030-06-30" in live._widgets._said.value
    assert live.answer is before


def test_the_button_keeps_the_scenario_in_the_file_and_tells_what_is_wrong(live, tmp_path):
    found, widgets = controls(live), live._widgets
    widgets._name.value = "wet"
    widgets._keep(None)
    assert "nothing is turned" in widgets._said.value
    found["risks.rain.probability"].value = 90
    widgets._keep(None)
    assert "Kept: scenario wet is in" in widgets._said.value
    assert rm.read(tmp_path / "program.yaml").scenarios["wet"] == live.scenario()
    widgets._name.value = "<b>"
    widgets._keep(None)
    assert "&lt;b&gt;" in widgets._said.value


def test_names_are_escaped_in_the_notebook(tmp_path):
    file = written(tmp_path)
    file.write_text(file.read_text().replace("name: Pumps", "name: '<img src=x onerror=a>'"), encoding="utf-8")
    live = rm.explore(file, iterations=100)
    assert controls(live)["responses.pumps"].description == "&lt;img src=x onerror=a&gt;"


def test_without_ipywidgets_a_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(ArgumentError, match=r"needs ipywidgets: pip install 'riskmc\[notebook\]'"):
        rm.explore(written(tmp_path), iterations=100)


def test_choosing_a_milestone_moves_the_date_that_is_not_turned(live):
    found = controls(live)
    found["at"].value = "p.open"
    assert live.answer.question.place == "p.open"
    date = live.answer.question.date
    assert found["finish"].value == date != "2027-03-05"
    assert live.answer.changes == {"at": "p.open"}
    found["finish"].value = "2027-03-05"
    assert live.answer.question == ("2027-03-05", 150_000.0, 500, "p.open")
    live.set({})
    assert (found["at"].value, found["finish"].value) == ("", "2027-03-05")
    assert live.answer.changes == {}


def test_it_can_begin_at_a_milestone_with_a_knob_for_costs(tmp_path):
    live = rm.explore(written(tmp_path), iterations=200, at="p.open", costs=["p.dig"])
    assert live.answer.question.place == "p.open"
    assert controls(live)["at"].value == "p.open"
    assert controls(live)["p.dig.cost"].max == 200
