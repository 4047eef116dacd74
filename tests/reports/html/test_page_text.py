"""Text as markup, and the look of a theme."""

from __future__ import annotations

from base64 import b64decode
from datetime import date

import pytest

from extreme_programs import HOSTILE
from riskmc.errors import ArgumentError
from riskmc.forecast.written import Written
from riskmc.reports.html.look import declared, logo_address
from riskmc.reports.html.text import alone, css_string, forecast, held, keyed, promised, sort_value, told
from riskmc.reports.theme.theme import PLAIN, Theme


def test_words_from_right_to_left_stand_by_themselves():
    assert told("عقد النفق: 72% of outcomes") == "<bdi>عقد النفق</bdi>: 72% of outcomes"
    assert told("a < b") == "a &lt; b"


def test_a_cell_runs_by_itself_but_a_sentence_with_a_name_from_right_to_left_as_the_page_does():
    assert alone("محطة التحويل 2") == "<bdi>محطة التحويل 2</bdi>"
    assert alone("66% – 72%") == "<bdi>66% – 72%</bdi>"
    assert alone("محطة 2: by 30 Jun <b>") == "<bdi>محطة</bdi> 2: by 30 Jun &lt;b&gt;"


def test_a_date_is_held_together_and_a_figure_of_the_forecast_stands_out():
    assert held("by 1 Jun 2029.") == 'by <span class="held">1 Jun 2029</span>.'
    said = forecast("Expect 25 May 2029; 40 days after 1 Jun 2029.", {"25 May 2029"})
    assert '<b class="held sim">25 May 2029</b>' in said
    assert '<span class="held">1 Jun 2029</span>' in said


@pytest.mark.parametrize("share, bad", [("49%", True), ("50%", False), ("<1%", True), (">99%", False)])
def test_a_chance_below_an_even_one_is_orange(share, bad):
    assert ("bad" in promised(f"Target: {share} chance")) is bad


def test_a_colour_has_its_square_and_no_name_where_a_theme_replaced_it():
    usual, own = keyed("orange: late, blue: P50"), keyed("orange: late, blue: P50", {"threat": ("#111111", "#eeeeee")})
    assert usual.count('class="key') == own.count('class="key') == 2
    assert ("orange" in usual, "orange" in own, "blue" in own) == (True, False, True)


def test_figures_are_sorted_by_what_they_are_worth():
    assert sort_value(Written("1 Jun 2029", date(2029, 6, 1), "date")) == "2029-06-01"
    assert sort_value(Written("EUR 1.2M", 1_234_567.0, "money", "EUR")) == "1234567"
    assert sort_value("1.2") == ""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_cannot_leave_a_string_of_a_style_sheet(name):
    inside = css_string(name)[1:-1]
    assert not set(inside) & set("\"'<>{}()/;:\n")


def test_a_theme_replaces_colours_and_brings_its_logo(tmp_path):
    logo = tmp_path / "logo.svg"
    logo.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    theme = Theme(colours={"forecast": ("#6a1fa8", "#c08af5")}, logo=logo)
    assert "--forecast:#6a1fa8;" in declared(theme)
    assert "--forecast:#c08af5;" in declared(theme, dark=True)
    assert "--ink:#18212b;" in declared(theme)
    kind, _, content = logo_address(theme).partition(";base64,")
    assert (kind, b64decode(content)) == ("data:image/svg+xml", logo.read_bytes())
    assert logo_address(PLAIN) == ""


def test_a_logo_that_is_no_picture_or_not_there_is_refused(tmp_path):
    (tmp_path / "logo.txt").write_text("words")
    for name, said in (("logo.txt", "neither PNG, JPEG nor SVG"), ("no.png", "there is no picture")):
        with pytest.raises(ArgumentError, match=said):
            logo_address(Theme(logo=tmp_path / name))
