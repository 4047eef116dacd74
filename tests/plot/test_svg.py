"""SVG: variables for colours, ids of its own, titles for those who listen, and names that do no harm."""

import re
import xml.etree.ElementTree as ET

import pytest

from pictured import HOSTILE, PICTURES, RIGHT_TO_LEFT, RUNS, ferry, hostile
from riskmc import plot
from riskmc.errors import ArgumentError
from riskmc.plot.palette import LIGHT

SVG = "{http://www.w3.org/2000/svg}"


def inline(picture: str, run: str = "ferry", name: str = "one", **options: object) -> str:
    return plot.to_svg(PICTURES[picture](RUNS[run]()), name, **options)


def text_of(svg: str) -> str:
    """All that can be read in the drawing."""
    return "\n".join(text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("picture", PICTURES)
def test_an_inline_picture_has_no_colour_style_or_address_of_its_own(picture):
    svg = inline(picture)
    assert not re.search(r"#[0-9a-f]{6}\b", svg)
    assert "<style" not in svg
    assert "font-family" not in svg
    assert set(re.findall(r"https?://[^\"]+", svg)) == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert set(re.findall(r"var\(--([a-z-]+)\)", svg)) <= {name.replace("_", "-") for name in LIGHT}


@pytest.mark.parametrize("picture", PICTURES)
def test_every_id_begins_with_the_name_is_there_once_and_every_reference_has_one(picture):
    svg = inline(picture, name="of-ferry")
    ids = re.findall(r'\bid="([^"]*)"', svg)
    assert all(found.startswith("of-ferry-") for found in ids)
    assert len(set(ids)) == len(ids)
    used = re.findall(r'(?:href="|url\()#([^")]+)', svg)
    assert used
    assert set(used) <= set(ids)


def test_title_and_description_are_those_of_the_caption():
    ax = plot.s_curve(ferry().finish())
    root = ET.fromstring(plot.to_svg(ax, "one"))
    assert root.find(f"{SVG}title").text == plot.caption(ax).title
    assert root.find(f"{SVG}desc").text == plot.caption(ax).description
    assert root.get("aria-labelledby") == "one-title one-desc"


def test_without_heading_title_and_subtitle_are_left_to_the_page_and_the_picture_begins_below_them():
    ax = plot.s_curve(ferry().finish())
    whole, cut = plot.to_svg(ax, "one"), plot.to_svg(ax, "one", heading=False)
    assert "P80 is" in text_of(whole)
    assert "P80 is" not in text_of(cut)
    assert "simulation error" not in text_of(cut)
    boxes = [list(map(float, ET.fromstring(svg).get("viewBox").split())) for svg in (whole, cut)]
    assert boxes[1][1] == ax.heading > 0
    assert boxes[0][3] - boxes[1][3] == ax.heading
    assert plot.to_svg(ax, "one") == whole


def test_a_file_brings_its_colours_light_and_dark_and_plain_ones_for_readers_without_variables():
    svg = inline("s_curve", standalone=True)
    assert svg.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<svg ')
    assert "@media (prefers-color-scheme:dark)" in svg
    assert f"stroke: {LIGHT['forecast']}; stroke: var(--forecast)" in svg
    ET.fromstring(svg)


@pytest.mark.parametrize("picture", PICTURES)
def test_hostile_names_do_no_harm(picture):
    svg = plot.to_svg(PICTURES[picture](hostile()), "one", standalone=True)
    root = ET.fromstring(svg)
    assert {element.tag for element in root.iter()} <= {
        SVG + tag for tag in ("svg", "title", "desc", "style", "g", "defs", "path", "use", "text", "rect", "clipPath")
    }
    assert "\u202e" not in svg


def test_names_are_written_as_they_are_no_dollar_begins_a_formula():
    read = text_of(plot.to_svg(plot.gantt(hostile()), "one"))
    assert HOSTILE[1] in read
    assert HOSTILE[2] in read
    assert "<script>" in read
    assert RIGHT_TO_LEFT.strip("\u202e\u202c") in read


def test_letters_that_the_drawing_s_font_lacks_are_kept_for_the_reader_s_without_a_warning(recwarn):
    svg = plot.to_svg(plot.s_curve(ferry().finish(), targets={"港口": "2029-06-01"}), "one")
    assert "港口 1 Jun 2029" in text_of(svg)
    assert not recwarn.list


def test_a_name_that_looks_like_a_colour_stays_a_name():
    forecast = ferry().finish()
    colour = LIGHT["forecast"]
    svg = plot.to_svg(plot.s_curve(forecast, targets={f"fill: {colour}": "2029-06-01"}), "one")
    assert f"fill: {colour}" in text_of(svg)


@pytest.mark.parametrize("name", ["", "1st", "a b", 'a"b', "Übersicht"])
def test_a_name_that_is_no_id_is_refused(name):
    with pytest.raises(ArgumentError, match="the name of a picture is made of"):
        plot.to_svg(plot.s_curve(ferry().finish()), name)
