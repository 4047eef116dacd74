"""A report in German: words, dates, numbers and money of one page, and nothing of it left behind afterwards."""

import re

import pytest

import riskmc as rm
from riskmc.forecast.language import ENGLISH, speaking, spoken
from riskmc.forecast.language_choice import find_language
from riskmc.reports.forecast_page import forecast_document, page
from riskmc.reports.html.page import html_text

HELD = "\u00a0"


@pytest.fixture(scope="module")
def trials():
    program = rm.Program(
        program="Hafen & Söhne",
        currency="EUR",
        start="2029-01-08",
        targets=[{"name": "Eröffnung", "finish": "2029-06-29"}, {"name": "Budget", "cost": "61.4M"}],
        projects={
            "bau": {
                "activities": {
                    "graben": {"name": "Graben", "duration": "pert(60d 90d 150d)", "cost": "pert(50M 60M 75M)"},
                    "bauen": {"name": "Bauen", "duration": "30d", "after": ["graben"]},
                    "fertig": {"name": "Fertig", "milestone": True, "after": ["bauen"]},
                }
            }
        },
    )
    return rm.simulate(program, iterations=300, statistics=True)


@pytest.fixture(scope="module")
def told(trials):
    with speaking(find_language("de")):
        return html_text(forecast_document(trials))


def words(html):
    return re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]*>", " ", html, flags=re.DOTALL)


def test_the_page_says_in_which_language_it_is(told, trials):
    assert '<html lang="de">' in told
    assert '<html lang="en">' in page(trials)


def test_dates_amounts_and_chances_are_written_as_in_german(told):
    text = words(told)
    assert f"29.{HELD}Juni{HELD}2029" in text
    assert f"61,4{HELD}Mio.{HELD}EUR" in text
    assert re.search(rf"\d{HELD}%", text)
    assert not re.search(r"\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) 20|EUR \d|\d% ", text)


def test_the_fixed_texts_of_the_page_are_german(told, trials):
    english = {"chance", "the", "of", "and", "finish", "cost", "milestone", "target", "days", "iterations", "interval"}
    found = {word.lower() for word in re.findall(r"[A-Za-z]+", words(told))}
    assert found & (english - {"chance"}) == set()
    assert {"meilensteine", "iterationen"} <= found
    assert english - {word.lower() for word in re.findall(r"[A-Za-z]+", words(page(trials)))} == set()


def test_english_is_the_same_before_and_after_a_page_in_german(trials):
    before = page(trials)
    with speaking(find_language("de")):
        page(trials)
    assert page(trials) == before
    assert spoken() is ENGLISH


def test_a_themed_report_is_spoken_in_its_language_and_refused_as_a_whole(trials, tmp_path):
    (tmp_path / "house.yaml").write_text("language: de\nsections: [forecast]\nmark: Entwurf\n", encoding="utf-8")
    rm.report(trials, to=tmp_path / "bericht.html", theme=tmp_path / "house.yaml")
    text = (tmp_path / "bericht.html").read_text(encoding="utf-8")
    assert 'lang="de"' in text
    assert "Entwurf" in text
    assert "part-milestones" not in text
    (tmp_path / "house.yaml").write_text("language: dee\n", encoding="utf-8")
    with pytest.raises(rm.errors.InputError, match="no language or region is called 'dee'"):
        rm.report(trials, to=tmp_path / "other.html", theme=tmp_path / "house.yaml")
    assert not (tmp_path / "other.html").exists()
