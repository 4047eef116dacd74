"""The panel: words and pictures say the same, are valid markup, hold no address, and no name can inject anything."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html import unescape

import pytest

import riskmc as rm
from exploring import FILE, written
from riskmc.forecast.language import speaking
from riskmc.live import prepare
from riskmc.live.pages import write_page
from riskmc.live.panel import STYLE, write_panel

SVG = "{http://www.w3.org/2000/svg}"
CHANGES = {"p.dig.duration": 1.3, "responses.pumps": True}


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    return prepare(written(tmp_path_factory.mktemp("canal")), iterations=1000)


def pictures(page: str) -> list[ET.Element]:
    return [ET.fromstring(found) for found in re.findall(r"<svg.*?</svg>", page, re.DOTALL)]


def test_every_figure_of_the_sentence_and_the_titles_is_that_of_the_table(asked):
    answer = asked.answer(CHANGES)
    page = unescape(write_panel(answer))
    for figure in answer.figures:
        tone = f' class="{figure.tone}"' if figure.tone else ""
        known, moved = f'<td class="small">{figure.error}</td>', f"<td{tone}>{figure.moved}</td>"
        cells = f'<td>{figure.before}</td><td class="now">{figure.now}</td>{known}{moved}'
        assert f'<th scope="row">{figure.name}</th>{cells}<td class="small">{figure.interval}</td></tr>' in page
    told = {figure.name: figure for figure in answer.figures}
    for name in ("P80 finish", "P80 cost"):
        assert f"<b>{name} {told[name].now}, {told[name].moved}</b>" in page
        assert f"{name} {told[name].now} ({told[name].moved})" in answer.lead
    assert answer.lead.endswith(f"; both targets met {told['Both targets met'].now} ({told['Both targets met'].moved})")
    assert f"Date and budget met together: {told['Both targets met'].now}" in page


def test_pictures_are_well_formed_have_a_title_and_stay_inside_their_frame(asked):
    for changes in ({}, CHANGES, {"finish": "2026-01-01"}, {"finish": "2050-01-01", "cost": 5}, {"cost": "9M"}):
        found = pictures(write_panel(asked.answer(changes)))
        assert len(found) == 3
        for picture in found:
            width, height = map(float, picture.get("viewBox").split()[2:])
            assert picture.find(f"{SVG}title").text
            assert picture.find(f"{SVG}desc").text
            for text in picture.iter(f"{SVG}text"):
                x, y, half = float(text.get("x")), float(text.get("y")), 3.4 * len(text.text)
                left = {"start": x, "middle": x - half, "end": x - 2 * half}[text.get("text-anchor")]
                assert left >= -2
                assert left + 2 * half <= width + 2, text.text
                assert 8 <= y <= height
            for path in picture.iter(f"{SVG}path"):
                assert "nan" not in path.get("d")


def test_without_money_there_is_a_date_and_one_picture(tmp_path):
    words = {"start": "2027-01-04", "projects": {"p": {"activities": {"a": {"duration": "pert(5d 8d 20d)"}}}}}
    answer = prepare(rm.Program(program="Dates only", **words), iterations=300).answer({"p.a.duration": 0.5})
    assert [figure.name.split()[0] for figure in answer.figures] == ["P50", "P80", "Finish"]
    assert f"; finish by {answer.date_text} " in answer.lead
    assert len(pictures(write_panel(answer))) == 1


def test_an_outcome_that_never_varies_is_drawn_all_the_same(tmp_path):
    text = FILE.replace("pert(15d 20d 40d)", "20d").replace("triangular(10d 15d 30d)", "15d")
    file = written(tmp_path)
    file.write_text(text, encoding="utf-8")
    answer = prepare(file, iterations=300).answer(
        {"risks.rain.probability": 0, "risks.leak.probability": 0, "responses.tents": False}
    )
    assert len(pictures(write_panel(answer))) == 3


def test_the_panel_asks_for_nothing_and_has_no_colour_of_its_own(asked):
    page = write_panel(asked.answer(CHANGES))
    assert set(re.findall(r"https?://[^\"' ]+", page + STYLE)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"#[0-9a-f]{3,8}\b", page)
    assert "style=" not in page


def test_hostile_names_stay_text(tmp_path):
    evil = "<script>alert(1)</script>\"'&\u202e"
    file = written(tmp_path)
    file.write_text(
        FILE.replace("name: Rain,", f"name: {json.dumps(evil)},").replace("program: Canal", "program: '<b>x'"), "utf-8"
    )
    asked = prepare(file, iterations=300)
    page = write_panel(asked.answer({"risks.rain.probability": 0.9}))
    assert "<script" not in page
    assert "<b>x" not in page
    assert len(pictures(page)) == 3


def test_hostile_codes_of_activities_stay_text_in_the_scenario_s_words():
    words = {"start": "2027-01-04", "projects": {"p": {"activities": {"<img src=x>": {"duration": "pert(5d 8d 20d)"}}}}}
    asked = prepare(rm.Program(program="P", **words), iterations=300)
    (key,) = (key for key in asked.knobs if key.endswith(".duration"))
    page = write_panel(asked.answer({key: 0.5}))
    assert "<img" not in page
    assert "&lt;img src=x&gt;" in page


def test_a_difference_that_chance_may_explain_has_no_colour(asked):
    tones = {figure.name: figure.tone for figure in asked.answer(CHANGES).figures}
    assert tones["P50 finish"] == "threat"
    assert {figure.tone for figure in asked.answer({}).figures} == {""}


def test_a_page_in_german_has_no_english_of_its_own_and_german_dates(tmp_path):
    asked = prepare(written(tmp_path), iterations=300, language="de")
    with speaking(asked.language):
        page, changed = write_page(asked, "n"), asked.answer({"p.dig.duration": 1.3, "at": "p.open"})
        panel, lead = write_panel(changed), changed.lead
    assert '<html lang="de">' in page
    shown = unescape(page.split("<script")[0] + panel)
    english = ("Target", "Finish", "As it stands", "Difference", " iterations", "met together", "Move a", "S-curve")
    assert [word for word in english if word in shown] == []
    for german in ("Wie lange es dauert", "Zieltermin", "Als Szenario behalten", "Kennzahlen", "S-Kurve der Kosten"):
        assert german in shown
    assert lead.startswith("p.open: P80 des Endtermins ")
    assert re.search(r"\d{1,2}\.\s\w+\.?\s2027", lead)
    assert asked.answer().lead.startswith("P80 finish ")
