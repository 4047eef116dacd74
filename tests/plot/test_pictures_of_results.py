"""Every picture of every result: nothing overlaps, titles hold a number, no harm is done, bytes repeat."""

import inspect
import re
import xml.etree.ElementTree as ET

import pytest

import drawn
from pictured import HOSTILE, PICTURES
from pictured_results import RESULTS, RUNS, ferry, hostile
from riskmc import plot
from riskmc.plot.palette import LIGHT

SVG = "{http://www.w3.org/2000/svg}"
TAGS = ("svg", "title", "desc", "style", "g", "defs", "path", "use", "text", "rect", "clipPath")


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("picture", RESULTS)
def test_no_text_lies_on_another_or_is_clipped_and_what_is_told_has_a_number(picture, run):
    ax = RESULTS[picture](RUNS[run]())
    assert list(drawn.faults(ax)) == []
    told = plot.caption(ax)
    assert re.search(r"\d", told.title + told.subtitle)
    assert told.subtitle
    assert re.search(r"\d", told.description)


@pytest.mark.parametrize("picture", RESULTS)
def test_hostile_names_do_no_harm_and_every_reference_has_an_id_of_its_own(picture):
    svg = plot.to_svg(RESULTS[picture](hostile()), "one")
    assert {element.tag for element in ET.fromstring(svg).iter()} <= {SVG + tag for tag in TAGS}
    assert HOSTILE[0] not in svg
    ids = re.findall(r'\bid="([^"]*)"', svg)
    assert all(found.startswith("one-") for found in ids)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'(?:href="|url\()#([^")]+)', svg)) <= set(ids)


@pytest.mark.parametrize("picture", RESULTS)
def test_a_picture_has_the_theme_s_colours_only_and_the_same_bytes_each_time(picture):
    svg = plot.to_svg(RESULTS[picture](ferry()), "one")
    assert not re.search(r"#[0-9a-f]{6}\b", svg)
    assert set(re.findall(r"var\(--([a-z-]+)\)", svg)) <= {name.replace("_", "-") for name in LIGHT}
    assert plot.to_svg(RESULTS[picture](ferry()), "one") == svg


def test_every_public_picture_is_drawn_here_or_there():
    public = {name for name in plot.__all__ if callable(found := getattr(plot, name)) and _draws(found)}
    elsewhere = "cumulative_flow"  # tests/plot/test_flow_bands.py
    assert {elsewhere, *(name.split()[0] for name in (*PICTURES, *RESULTS))} >= public
    assert len(public) > 20


def _draws(found: object) -> bool:
    return inspect.isfunction(found) and "ax" in inspect.signature(found).parameters and found.__name__ not in {
        "to_svg", "write_svg", "write_png", "caption",
    }  # fmt: skip
