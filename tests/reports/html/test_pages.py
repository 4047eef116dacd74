"""The page: the answer first, the record's numbers, nothing from outside, harmless names, the same bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

import riskmc as rm
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import day, money_format
from riskmc.reports import compose, page, tell, write_page
from riskmc.reports.document.opening import headline, lead

ROOT = Path(__file__).parents[3]
HOTEL = ROOT.parent / "shared" / "data" / "xer" / "hotel.xer"
EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>=cmd()&amp;\"}}{{ 7*7 }}</style></svg>"
VOID = {"meta", "br", "img", "link", "input", "hr"}
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}

YARD = {
    "program": "Ferry yard",
    "start": "2027-01-11",
    "currency": "EUR",
    "projects": {
        "ship": {
            "name": "Ship",
            "activities": {
                "design": {"name": "Design", "duration": "pert(20d 30d 60d)", "cost": "1M"},
                "hull": {
                    "name": "Hull",
                    "duration": "pert(60d 80d 120d)",
                    "cost": "triangular(2M 3M 5M)",
                    "after": ["design"],
                },
                "afloat": {"name": "Ship afloat", "milestone": True, "after": ["hull"]},
            },
        },
        "quay": {
            "name": "Quay",
            "activities": {"piles": {"name": "Piles", "duration": "pert(50d 90d 160d)", "cost": "2M"}},
        },
    },
    "targets": [
        {"name": "Summer", "finish": "2027-07-15"},
        {"name": "Money", "cost": "6.2M"},
        {"name": "Launch", "at": "ship.afloat", "finish": "2027-08-01", "cost": "6.5M", "joint": "70%"},
    ],
    "risks": {"ice": {"name": "Ice", "probability": "30%", "impacts": [{"on": "ship.hull", "duration": "+ 5d"}]}},
    "assumptions": ["Steel is in stock."],
    "not_in_the_model": ["War"],
}


class Reader(HTMLParser):
    """What a browser would see: elements with their attributes, ids, text by kind of element, and broken nesting."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.stack: list[str] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data):
        if self.stack and data.strip():
            self.texts.append((self.stack[-1], " ".join(data.split())))

    def names(self) -> Counter[str]:
        return Counter(tag for tag, _ in self.elements)

    def all(self, attribute: str) -> list[str]:
        return [found[attribute] for _, found in self.elements if found.get(attribute) is not None]

    def plain(self) -> str:
        return " ".join(text for tag, text in self.texts if tag not in ("style", "script"))


def simulated(**changes: object) -> rm.Trials:
    """Trials of the yard, with some sections changed; other projects come without its risk."""
    words = {**YARD, **({"risks": {}} if "projects" in changes else {}), **changes}
    return rm.simulate(rm.Program(**words), iterations=400, statistics=True)


@pytest.fixture(scope="module")
def trials() -> rm.Trials:
    return simulated()


@pytest.fixture(scope="module")
def html(trials: rm.Trials) -> str:
    return page(trials)


@pytest.fixture(scope="module")
def plan() -> rm.Trials:
    """Trials of a plan in which nothing is random."""
    ship = {
        "activities": {"hull": {"name": "Hull", "duration": "80d"}, "afloat": {"milestone": True, "after": ["hull"]}}
    }
    return simulated(projects={"ship": ship}, targets=[{"name": "Summer", "finish": "2027-07-15"}])


@pytest.fixture(scope="module")
def hostile() -> rm.Trials:
    """Trials of a program whose every name means harm."""
    work = {
        "a": {"name": EVIL + "y" * 300, "duration": "pert(5d 10d 30d)", "cost": "triangular(1M 2M 5M)"},
        "m": {"name": EVIL, "milestone": True, "after": ["a"]},
    }
    targets = [
        {"name": EVIL, "at": "p.m", "finish": "2027-04-25"},
        {"name": "\u202ezzz" * 80, "cost": "3.2M"},
        {"name": "عقد النفق", "finish": "2027-05-01"},
    ]
    return simulated(
        program=EVIL + "\u202e" + "x" * 300,
        projects={
            "p": {"name": "مشروع " * 60, "activities": work},
            "q": {"name": EVIL, "activities": {"b": work["a"]}},
        },
        targets=targets,
        assumptions=[EVIL],
        not_in_the_model=[EVIL],
    )


def rows(html: str, heading: str) -> list[list[str]]:
    """The rows of the first table after a text, as plain cells."""
    table = re.search(r"<tbody>(.*?)</tbody>", html[html.index(heading) :], re.DOTALL)[1]
    return [re.findall(r"<bdi>(.*?)</bdi>", row, re.DOTALL) for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)]


def test_the_answer_stands_first(trials, html):
    told = re.sub(r"<[^>]*>", "", html)
    assert told.index(headline(trials)) < told.index(lead(trials)) < told.index("Show the numbers")
    assert re.sub("<[^>]*>", "", re.search(r"<h1>(.*?)</h1>", html)[1]) == headline(trials)


def test_the_percentiles_are_those_of_the_record(trials, html):
    record = compose(trials)
    for name, told in (
        ("finish", lambda value: day(datetime.fromisoformat(value))),
        ("cost", money_format("EUR", 6.5e6, 2e6)),
    ):
        wanted = [told(quantile["value"]) for quantile in record[name]["quantiles"].values()]
        assert [row[1] for row in rows(html, f'<figure id="{name}">')] == wanted


def test_the_tables_say_what_the_command_prints(trials, html):
    """Every cell of the printed answer stands on the page; blanks apart, since cells there are aligned."""
    told = "".join(Reader(html).plain().split())
    for line in tell(trials, width=300).splitlines():
        for cell in re.split(r"\s{2,}", line.strip()):
            words = cell.removeprefix("Assumed: ").removeprefix("Not in the model: ")
            assert "".join(words.split()) in told, cell


def test_the_facts_agree_with_the_sentences(trials, html):
    plain = re.sub(r"</?(?:span|b)(?: [^>]*)?>", "", html)
    facts = dict(re.findall(r'<dt>([^<]*)</dt><dd class="big[^"]*">([^<]*)</dd>', plain))
    assert list(facts) == [
        "Finish, P50 to P80",
        "Cost, P50 to P80",
        "Date and budget together",
        "The plan&#39;s own finish",
    ]
    finish, cost = trials.finish(), trials.cost()
    assert facts["Finish, P50 to P80"].endswith(finish.text(finish.quantile(0.80)))
    assert facts["Cost, P50 to P80"].endswith(cost.text(cost.quantile(0.80)).removeprefix("EUR "))
    assert facts["Date and budget together"] == rows(html, ">Both met in one outcome</h2>")[0][1]


def test_nothing_is_asked_of_the_network(html, hostile):
    for text in (html, page(hostile)):
        assert set(re.findall(r"https?:[^\"'\s<>)]*", text)) <= NAMESPACES
        assert "@import" not in text
        assert set(re.findall(r"url\(([^)]*)\)", text)) <= {f"#{name}" for name in Reader(text).all("id")}
        found = Reader(text)
        assert not found.names().keys() & {"link", "img", "iframe", "object", "embed", "form", "image", "base"}
        assert not found.all("src")
        assert all(where.startswith("#") for where in [*found.all("href"), *found.all("xlink:href")])


def test_every_id_is_unique_and_every_reference_leads_to_one(html):
    found = Reader(html)
    assert not found.faults
    ids = Counter(found.all("id"))
    assert max(ids.values()) == 1
    references = [where[1:] for where in [*found.all("href"), *found.all("xlink:href")]]
    references += [name for names in found.all("aria-labelledby") for name in names.split()]
    assert len(references) >= 15
    assert set(references) <= set(ids)


def test_every_picture_has_a_title_and_a_description(html):
    pictures = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(pictures) == 5
    for picture in pictures:
        assert re.match(r'<svg [^>]*role="img"[^>]*aria-labelledby="[\w-]+-title [\w-]+-desc"', picture)
        assert len(re.search(r"<title [^>]*>([^<]+)</title>", picture)[1]) > 20
        assert len(re.search(r"<desc [^>]*>([^<]+)</desc>", picture)[1]) > 20


def test_a_keyboard_and_a_screen_reader_reach_everything(html):
    found = Reader(html)
    names = found.names()
    assert [dict(found.elements)["html"]["lang"], names["h1"], names["main"], names["nav"]] == ["en", 1, 1, 1]
    assert names["details"] == names["summary"] == 5
    headings = [attributes for tag, attributes in found.elements if tag == "th"]
    assert all(attributes.get("scope") in ("col", "row") for attributes in headings)
    rooms = [attributes for _, attributes in found.elements if attributes.get("class") == "room"]
    assert len(rooms) == names["table"]
    assert all(room["tabindex"] == "0" and room["aria-label"] for room in rooms)
    assert all(attributes.get("type") == "button" for tag, attributes in found.elements if tag == "button")


def test_colours_stand_in_the_variables_alone(html):
    outside = re.sub(r"--[\w-]+:#[0-9a-f]{6};", "", html)
    assert not re.findall(r"(?<!&)#[0-9a-fA-F]{3,8}\b(?![\w-])", re.sub(r"@page \{.*?\} \}", "", outside))
    assert html.count("--paper:#ffffff;") == 1
    assert html.count("--paper:#11161d;") == 2


def test_the_same_trials_give_the_same_bytes_in_another_process_too(html):
    source = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import test_pages as t\n"
        "sys.stdout.buffer.write(t.page(t.simulated()).encode())\n"
    )
    folders = [str(Path(__file__).parent), str(ROOT / "tests"), str(ROOT / "src")]
    done = subprocess.run(
        [sys.executable, "-c", source, folders[0]],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(folders), "TZ": "Asia/Tokyo"},
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == html.encode()


def test_hostile_names_are_text_and_nothing_else(hostile):
    text = page(hostile)
    found = Reader(text)
    assert not found.faults
    assert found.names()["script"] == 1
    assert not found.all("onerror")
    assert not found.all("onclick")
    assert "49" not in re.findall(r"cmd\(\)&amp;[^<]{0,40}", text)[0]
    assert "\u202e" not in text
    assert "عقد النفق" in text
    assert "x" * 300 in text


def test_the_page_of_a_plan_says_that_it_is_no_forecast(plan):
    text = page(plan)
    assert "This is a plan, not a forecast: nothing in it is random." in text
    assert re.search(r"<title>[^<]*: Plan</title>", text)
    told = Reader(text).plain()
    assert "P50" not in told
    assert "P80" not in told
    assert "chance" not in told
    assert "kept, " in told


def test_without_money_there_is_no_word_of_it():
    work = {"activities": {"a": {"name": "The work", "duration": "pert(5d 10d 30d)"}}}
    text = page(simulated(projects={"p": work}, targets=[], program="One"))
    assert "cost" not in Reader(text).plain().lower()
    assert 'id="cost"' not in text
    assert "EUR" not in text


def test_one_iteration_and_no_spread_have_a_page_too():
    work = {"a": {"name": "The work", "duration": "uniform(10d 10.001d)", "cost": "5"}}
    assert "<h1>" in page(simulated(projects={"p": {"activities": work}}, targets=[]))
    assert "? –" in page(rm.simulate(rm.Program(**YARD), iterations=1, statistics=True))


def test_little_coverage_is_a_warning_and_enough_a_sentence(trials):
    thin = page(simulated(projects={**YARD["projects"], "sea": {"activities": {"dredge": {"duration": "300d"}}}}))
    assert re.search(r'<p class="note warning">Warning: Ranges cover \d+% of the remaining work', thin)
    assert '<p class="note">Ranges cover 100% of the remaining work and 100% of the driving paths.</p>' in page(trials)


def test_what_was_relaxed_and_assumed_and_what_made_the_numbers_is_told(html, trials):
    told = Reader(html).plain()
    assert "Assumed Steel is in stock. Not in the model War" in told
    assert f"400 iterations, seed 1, program {trials.hash}" in told


def test_a_page_is_written_whole(trials, html, tmp_path):
    write_page(trials, tmp_path / "page.html")
    assert (tmp_path / "page.html").read_bytes() == html.encode()
    assert os.listdir(tmp_path) == ["page.html"]
    with pytest.raises(ArgumentError, match="there is no folder"):
        write_page(trials, tmp_path / "no" / "page.html")


def test_the_templates_are_part_of_the_package():
    where = Path(rm.reports.__file__).parent / "html" / "templates"
    assert {file.name for file in where.iterdir()} == {"page.html.j2", "page.css", "page.js"}


@pytest.mark.skipif(not HOTEL.exists(), reason="the plan of the hotel is not on this machine")
def test_the_page_of_four_thousand_activities_is_quick_and_small():
    """Bars: 5 s with the simulation and 1 MB; warm, the machine's share of other work left some room."""
    began = time.perf_counter()
    text = page(rm.simulate(rm.read(HOTEL), default_range="triangular(90% 100% 130%)", statistics=True))
    assert len(text.encode()) < 1_000_000
    assert time.perf_counter() - began < 10
