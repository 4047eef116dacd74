"""Every public result shows itself in a notebook: a card and its twin in plain text, with the same numbers."""

from __future__ import annotations

import html
import inspect
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

import riskmc as rm
from riskmc.analysis.crosscheck import EngineAgreement
from riskmc.forecast.card import Card, Shown, Table
from riskmc.simulation.agreement import EventAgreement

FERRY = Path(__file__).parents[1] / "models" / "ferry" / "program.yaml"
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>\u202e"
NO_RESULTS = {  # what is written, raised or handed to a policy: no cell returns it
    "AddUnits", "Crash", "NormalHours", "Overtime", "PolicyView", "Prioritise", "Problem", "Moment", "Quantity", "Size",
}  # fmt: skip
CLASSES = [
    name
    for name in rm.__all__
    if inspect.isclass(getattr(rm, name)) and not issubclass(getattr(rm, name), Exception) and name not in NO_RESULTS
]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
MOST_BYTES = 15_000
TAGS = {"div", "style", "bdi", "span", "b", "table", "thead", "tbody", "tr", "th", "td",
        "svg", "title", "desc", "g", "path", "line", "text", "rect", "circle", "polygon", "polyline"}  # fmt: skip


@pytest.mark.parametrize("name", CLASSES)
def test_every_public_class_has_a_card_and_a_text_of_its_own(name):
    found = getattr(rm, name)
    assert hasattr(found, "_repr_html_")
    owners = [one for one in found.__mro__ if "__repr__" in vars(one)]
    assert owners[0].__module__.startswith("riskmc."), f"{name} shows the text of {owners[0]}"
    assert "__create_fn__" not in found.__repr__.__qualname__, f"{name} shows the text of a dataclass"


def results(file: Path):
    """Return a result of every kind, by the public name of its class, on a program of 1,000 iterations."""
    program = rm.read(file)
    trials = rm.simulate(program, iterations=1_000)
    faster = rm.simulate(program, iterations=1_000, scenario="double_shift")
    worth, paths, peers = rm.value(trials), rm.paths(trials), rm.reference_class("lognormal(p50=1.1 p80=1.4)")
    findings = rm.check(program, iterations=512)
    shore = program.projects["shore"]
    return {
        "Activity": shore.activities["dredging"],
        "Calendar": program.calendars["marine"],
        "CashFlow": rm.cash_flow(trials, by="quarter"),
        "Comparison": rm.compare(trials, faster),
        "Contingency": rm.contingency(trials),
        "Convergence": rm.convergence(trials, hypercubes=False),
        "Crosscheck": rm.Crosscheck(trials, EngineAgreement(9, 8, ("weather",), 3), EventAgreement(7, 7, 412, None)),
        "DelayCosts": rm.cost_of_delay(worth),
        "Diagnosis": rm.diagnose(trials),
        "Drivers": rm.drivers(trials),
        "EarnedValue": rm.earned_value(trials),
        "Finding": findings[0],
        "Findings": findings,
        "Forecast": trials.finish(),
        "Funding": rm.fund(worth, 60e6),
        "Iteration": rm.iteration(trials, at=0.8),
        "JointCurves": rm.joint_curves(trials),
        "OutsideView": rm.outside_view(trials, peers),
        "Path": paths[0],
        "Paths": paths,
        "Probability": rm.joint_confidence(trials, finish="2029-06-30", cost=62e6),
        "Program": program,
        "ProgramDiff": rm.diff(program, program.scenario("double_shift"), iterations=512),
        "Project": shore,
        "RangeTable": rm.range_table(program),
        "ReferenceClass": peers,
        "Response": next(iter(program.responses.values())),
        "ResponseFrontier": rm.response_frontier(trials),
        "Responses": rm.responses(trials),
        "Risk": next(iter(program.risks.values())),
        "RiskMatrix": rm.risk_matrix(trials),
        "Scenario": program.scenarios["double_shift"],
        "Sensitivity": rm.sensitivity(trials),
        "Target": program.targets[0],
        "Trials": trials,
        "Value": worth,
        "VarianceShares": rm.variance_shares(trials),
        "Waterfall": rm.waterfall(trials),
    }


@pytest.fixture(scope="module")
def ferry():
    return results(FERRY)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The same of a program whose every name is markup."""
    data = yaml.load(FERRY.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    data["program"] = HOSTILE
    file = tmp_path_factory.mktemp("hostile") / "ferry.yaml"
    file.write_text(yaml.safe_dump(renamed(data), allow_unicode=True), encoding="utf-8")
    return results(file)


def renamed(data):
    """Return the data with a hostile name in the place of every name."""
    if isinstance(data, dict):
        return {key: f"{HOSTILE} {value}" if key == "name" else renamed(value) for key, value in data.items()}
    return [renamed(one) for one in data] if isinstance(data, list) else data


KINDS = [
    "Activity", "Calendar", "CashFlow", "Comparison", "Contingency", "Convergence", "Crosscheck", "DelayCosts",
    "Diagnosis", "Drivers", "EarnedValue", "Finding", "Findings", "Forecast", "Funding", "Iteration", "JointCurves",
    "OutsideView", "Path", "Paths", "Probability", "Program", "ProgramDiff", "Project", "RangeTable", "ReferenceClass",
    "Response", "ResponseFrontier", "Responses", "Risk", "RiskMatrix", "Scenario", "Sensitivity", "Target", "Trials",
    "Value", "VarianceShares", "Waterfall",
]  # fmt: skip


def words_of(result) -> str:
    """Return what a reader sees on the card, but for the drawing and the remark on how such results are read."""
    shown = re.sub(r"<(style|svg)\b.*?</\1>", " ", result._repr_html_(), flags=re.DOTALL)
    told = html.unescape(re.sub(r"<[^>]+>", "\n", shown))
    remark = result._card().remark if isinstance(result, Shown) else ""
    return told.replace(remark, "") if remark else told


class Markup(HTMLParser):
    """The tags and attributes of a card, and whether every tag is closed."""

    def __init__(self, text: str):
        super().__init__()
        self.tags, self.attributes, self.open = set(), set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("kind", KINDS)
def test_the_card_and_the_text_say_the_same_numbers(kind, ferry):
    result = ferry[kind]
    assert type(result).__name__ == kind
    text = repr(result)
    assert text.startswith(f"<{kind}")
    assert text.endswith(">")
    assert set(NUMBER.findall(words_of(result))) == set(NUMBER.findall(text)), text


@pytest.mark.parametrize("kind", KINDS)
def test_the_card_is_small_and_asks_for_nothing(kind, ferry):
    card = ferry[kind]._repr_html_()
    assert len(card.encode()) < MOST_BYTES
    assert "http" not in card.replace("http://www.w3.org/", "")
    assert card.count("--paper:#11161d") == 2
    assert Markup(card).open == []
    assert len(repr(ferry[kind])) < 1_500
    assert card == ferry[kind]._repr_html_()


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_name_stays_text(kind, hostile):
    card = hostile[kind]._repr_html_()
    found = Markup(card)
    assert found.tags <= TAGS, found.tags - TAGS
    assert not [name for name in found.attributes if name.startswith("on") or name in ("src", "href")]
    assert found.open == []


def test_a_card_counts_the_rows_that_it_leaves_out():
    card = Card("Pier", "Rows", table=Table(("days",), [(f"row {number}", f"{number} d") for number in range(13)]))
    assert card.html().count("<tr>") == 11
    assert "and 3 more" in card.html()
    assert card.text().endswith("row 9 9 d, and 3 more>")


def test_an_interval_stands_below_its_value_on_the_card_and_behind_it_in_the_text():
    card = Card("Pier", "Rows", table=Table(("finish", "cost"), [("respond", "−13 d (−17 to −9 d)", "0")]))
    assert '<td class="s"><b>−13 d</b><span>−17 to −9 d</span></td>' in card.html()
    assert card.text() == "<Rows 'Pier': respond: finish −13 d (−17 to −9 d), cost 0>"
