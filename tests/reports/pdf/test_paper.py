"""The PDF: its first sheet ends in time, figures are whole, bookmarks, pictures in words, the same bytes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from functools import cache, partial
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

import riskmc as rm
from browsing import CHROMIUM
from extreme_programs import HOSTILE, PROGRAMS
from riskmc.errors import ArgumentError
from riskmc.reports.committee.composed import committee_document
from riskmc.reports.committee.material import gather
from riskmc.reports.document.blocks import Picture
from riskmc.reports.document.document import Document
from riskmc.reports.html.page import composed
from riskmc.reports.pdf import browser, paper
from riskmc.reports.pdf.paper import pdf_bytes, self_contained
from riskmc.reports.theme.theme import PLAIN, Theme

ROOT = Path(__file__).parents[3]


@cache
def document(name: str) -> Document:
    """The committee report on an extreme program."""
    program = PROGRAMS[name]()
    run = partial(rm.simulate, program, iterations=200, statistics=True)
    return committee_document(gather(run(), *(run(scenario=scenario) for scenario in program.scenarios)))


@cache
def text(name: str) -> str:
    return self_contained(composed(document(name), Theme(mark="Draft"), paper=True), PLAIN)


@cache
def sheets(name: str):
    """The sheets as WeasyPrint sets them."""
    weasyprint = pytest.importorskip("weasyprint")
    return weasyprint.HTML(string=text(name)).render()


def places(name: str, wanted: str) -> dict[str, set[int]]:
    """On which sheets the elements of a class, or of a tag, are, by their ids or the order in which they stand."""
    found: dict[str, set[int]] = {}
    for number, sheet in enumerate(sheets(name).pages, start=1):
        for box in sheet._page_box.descendants():
            element = box.element
            if element is None or box.element_tag != element.tag:
                continue
            if element.tag == wanted or wanted in (element.get("class") or "").split():
                found.setdefault(element.get("id") or str(id(element)), set()).add(number)
    return found


def read(markup: str) -> tuple[set[str], set[tuple[str, str]]]:
    """The tags of a markup, and all attributes with their values."""
    tags, attributes = set(), set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag, found):
            tags.add(tag)
            attributes.update(found)

    Reader().feed(markup)
    return tags, attributes


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_committee_paper_ends_on_the_first_sheet(name):
    assert list(places(name, "paper").values()) == [{1}]
    assert len(sheets(name).pages) >= 2


@pytest.mark.parametrize("name", ["harbour", "many milestones", "ten scenarios"])
def test_no_figure_is_split(name):
    on = places(name, "figure")
    assert len(on) >= 6
    assert all(len(numbers) == 1 for numbers in on.values()), on


def test_bookmarks_lead_to_the_parts_and_their_pictures():
    made = document("harbour")
    marks = sheets("harbour").make_bookmark_tree()
    told = {label: [child[0] for child in children] for label, _, children, _ in marks}
    for part in made.parts[1:]:
        assert part.title in told
        for block in part.blocks:
            if isinstance(block, Picture):
                assert block.title in told[part.title]


def test_the_title_and_the_language_are_said():
    found = sheets("harbour").metadata
    assert (found.title, found.lang) == ("Eastern Harbour: Risk report", "en")
    assert (found.created, found.modified) == (None, None)


def test_every_drawing_is_told_in_words_and_holds_plain_colours():
    images = re.findall(
        r'<img class="riskmc-picture" alt="([^"]*)" src="data:image/svg\+xml;base64,([^"]*)">', text("harbour")
    )
    pictures = [block for part in document("harbour").parts for block in part.blocks if isinstance(block, Picture)]
    assert len(images) == len(pictures) >= 6
    for (told, address), picture in zip(images, pictures, strict=True):
        assert picture.title in unescape(told)
        assert picture.description[-20:] in unescape(told)
        drawn = b64decode(address).decode()
        assert "var(" not in drawn
        assert "Inter" in re.match("<svg [^>]*>", drawn)[0]
    assert "<svg" not in text("harbour")


def test_a_theme_colours_the_drawings():
    purple = Theme(colours={"forecast": ("#6a1fa8", "#c08af5")})
    drawn = self_contained(composed(document("harbour"), purple, paper=True), purple)
    images = [b64decode(address).decode() for address in re.findall(r"svg\+xml;base64,([^\"]*)", drawn)]
    assert sum("#6a1fa8" in image for image in images) >= 4
    assert not any("#1f5fa8" in image for image in images)


def test_a_pdf_is_the_same_bytes_in_another_process_and_says_nothing_of_when():
    pytest.importorskip("weasyprint")
    source = (
        "import sys\n"
        "import test_paper as t\n"
        "sys.stdout.buffer.write(t.pdf_bytes(t.document('one activity'), t.PLAIN))\n"
    )
    folders = [str(Path(__file__).parent), str(ROOT / "tests"), str(ROOT / "src")]
    done = subprocess.run(
        [sys.executable, "-c", source],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(folders), "TZ": "Asia/Tokyo"},
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.startswith(b"%PDF-")
    assert done.stdout == pdf_bytes(document("one activity"), PLAIN)
    assert not re.search(rb"CreationDate|ModDate", done.stdout)


def test_hostile_names_ask_for_nothing_and_do_nothing():
    pytest.importorskip("weasyprint")
    page = text("hostile")
    drawn = [b64decode(address).decode() for address in re.findall(r"svg\+xml;base64,([^\"]*)", page)]
    for markup in (page, *drawn):
        tags, attributes = read(markup)
        assert not {"script", "iframe", "link", "a", "object"} & tags
        assert not {name for name, _ in attributes if name.startswith("on")}
        where = {value for name, value in attributes if name in ("href", "src", "xlink:href")}
        assert all(value.startswith(("#", "data:image/svg+xml;base64,")) for value in where)
    assert unescape(page).count(HOSTILE[0]) >= 3
    made = pdf_bytes(document("hostile"), PLAIN)
    assert not re.search(rb"/(?:URI|JavaScript|JS|Launch|EmbeddedFile|OpenAction)\b", made)


def test_nothing_is_fetched_from_outside(monkeypatch):
    pytest.importorskip("weasyprint")
    asked: list[str] = []
    from urllib.request import OpenerDirector

    monkeypatch.setattr(OpenerDirector, "open", lambda self, request, *_, **__: asked.append(request.full_url) or 1 / 0)
    monkeypatch.setattr(
        paper, "composed", lambda *_, **__: "<img src='https://example.com/a.png'><img src='file:///etc/hosts'>"
    )
    pdf_bytes(document("one activity"), PLAIN)
    assert asked == []


def test_without_weasyprint_and_browser_the_message_names_both(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.setattr(paper, "find_browser", lambda: None)
    with pytest.raises(ArgumentError, match=r"pip install 'riskmc\[report\]'.*install a browser"):
        pdf_bytes(document("one activity"), PLAIN)


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine (Debian: apt-get install chromium)")
def test_without_weasyprint_a_browser_prints_the_page(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    made = [pdf_bytes(document("one activity"), PLAIN) for _ in range(2)]
    assert made[0].startswith(b"%PDF-")
    assert not re.search(rb"CreationDate|ModDate", made[0])
    assert made[0] == made[1]
    assert made[0].count(b"/Type /Page\n") >= 1 or made[0].count(b"/Type /Page ") >= 1
    assert b"/Outlines" in made[0]


def test_a_browser_that_fails_is_named(tmp_path):
    with pytest.raises(ArgumentError, match="could not print the page"):
        browser.printed("<p>page</p>", sys.executable)
    with pytest.raises(ArgumentError, match="could not print the page"):
        browser.printed("<p>page</p>", str(tmp_path / "no-browser"))


@pytest.mark.skipif(os.name == "nt", reason="the programs of other systems")
def test_a_browser_is_found_on_the_path(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "PLACES", {})
    assert browser.find_browser() is None
    shutil.copy("/bin/sh", tmp_path / "microsoft-edge")
    assert browser.find_browser() == str(tmp_path / "microsoft-edge")


def test_a_date_of_making_is_blanked_where_it_stands():
    made = b"<< /CreationDate (D:20261122161213+00'00') /ModDate (D:20261122161213+00'00') >>"
    assert len(browser.undated(made)) == len(made)
    assert browser.undated(made).split() == [b"<<", b">>"]
