"""The whole document: its parts in their order, one number for one thing, and nothing made up where nothing is."""

import re

import pytest

import riskmc as rm
from committees import START, certain, responding, small, trials_of
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import finish_day
from riskmc.forecast.written import Written
from riskmc.reports.committee.composed import PARTS, committee_document
from riskmc.reports.committee.material import gather
from riskmc.reports.document.blocks import Picture, Remark, Table
from riskmc.reports.theme.theme import Theme

FREE = {"p": {"activities": {"dig": {"duration": "triangular(8d 10d 15d)"}}}}


@pytest.fixture(scope="module")
def trials():
    scenarios = {"calm": {"set": {"risks.storm.probability": "5%"}}}
    return trials_of(responding(scenarios=scenarios, confidence={"expect": "P50", "commit": "P80"}), 2_000)


@pytest.fixture(scope="module")
def document(trials):
    calm = trials_of(trials.program, 2_000, scenario="calm")
    return committee_document(gather(trials, calm, changed=rm.diff(small(risks={}), trials.program, 2_000)))


def blocks(document):
    return [block for part in document.parts for block in part.blocks]


def sentences(document):
    """Yield every sentence of the document."""
    yield from (document.headline, document.lead, *document.basis)
    yield from (line for fact in document.facts for line in (fact.value, *fact.more))
    asked = document.decision
    yield from (asked.ask, *asked.effects, asked.remains, asked.without)
    for block in blocks(document):
        if isinstance(block, Picture):
            yield from (block.title, block.subtitle)
        elif isinstance(block, Remark):
            yield block.sentence


def cells(document):
    sections = [block.section for block in blocks(document) if isinstance(block, Table)]
    sections += [block.numbers for block in blocks(document) if isinstance(block, Picture)]
    sections += [document.top.section] if document.top else []
    return [cell for section in sections for row in section.rows for cell in row]


def test_the_parts_stand_in_their_order(document):
    names = [part.name for part in document.parts]
    assert names == [name for name in PARTS if name in names]
    assert {"forecast", "targets", "waterfall", "drivers", "cash", "contingency", "responses", "scenarios"} <= set(
        names
    )
    assert {"quality", "provenance"} <= set(names)


def test_every_date_in_the_answer_stands_in_a_table(document):
    tables = " ".join(map(str, cells(document)))
    dates = re.findall(r"\d{1,2} [A-Z][a-z]{2} \d{4}", f"{document.headline} {document.lead}")
    assert dates
    assert [date for date in dates if date not in tables] == []


@pytest.mark.parametrize("p", [0.50, 0.80])
def test_the_amounts_of_the_answer_are_those_of_its_tables(p, document, trials):
    amount = trials.cost().text(trials.cost().quantile(p))
    assert amount in document.lead
    assert amount in cells(document)


def test_distances_in_the_answer_are_those_between_its_printed_figures(document, trials):
    late, gap = re.search(r"(\d+) days after the target.*?EUR (\d+)k below the budget", document.lead).groups()
    target, budget = trials.program.targets
    finish, cost = trials.finish().quantile(0.80), trials.cost().quantile(0.80)
    assert int(late) == (finish_day(finish) - finish_day(target.finish.finish_like())).days
    assert int(gap) == round((budget.cost.value - cost) / 1_000)


def test_a_risk_has_one_share_wherever_it_is_shown(document):
    """First page, waterfall, tornado and contingency: one number for one thing."""
    (days,) = {str(row[1]) for row in document.top.section.rows if row[0] == "Storm"}
    told = {}
    for block in blocks(document):
        section = block.numbers if isinstance(block, Picture) else block.section if isinstance(block, Table) else None
        for row in section.rows if section else ():
            if row[0] in ("Storm", "Risk: Storm"):
                told.setdefault(block.name or block.title, row[1])
    assert told["finish-waterfall"] == told["finish-tornado"] == days
    assert told["Parts of the need for P80"] == days


def test_each_proposed_response_stands_in_a_table_of_its_own_and_says_whether_it_is_in_the_mix(document, trials):
    table = next(block for block in blocks(document) if isinstance(block, Table) and block.name == "proposal")
    (row,) = table.section.rows
    assert (row[0], row[1], row[3]) == ("Breakwater", "EUR 50k", "yes")
    days = rm.responses(trials)["breakwater"].change.finish().quantile(0.80).value
    assert row[2].value == days < 0


def test_figures_in_tables_remember_their_values(document):
    typed = [cell for cell in cells(document) if isinstance(cell, Written)]
    assert len(typed) > 50


def test_pictures_are_named_once_and_titled_by_sentences(document):
    pictures = [block for block in blocks(document) if isinstance(block, Picture)]
    assert len({picture.name for picture in pictures}) == len(pictures)
    assert all(re.search(r"\d", picture.title) for picture in pictures if picture.name != "gantt")


def test_no_sentence_of_a_report_speaks_of_options_of_the_command(document):
    told = [*sentences(document), *map(str, cells(document))]
    assert not [text for text in told if "--json" in text]


def test_a_theme_chooses_parts_and_their_order(trials):
    chosen = committee_document(gather(trials), Theme(sections=("drivers", "forecast")))
    assert [part.name for part in chosen.parts] == ["drivers", "forecast"]
    with pytest.raises(ArgumentError, match=r"no section 'divers' in a report; did you mean 'drivers'"):
        committee_document(gather(trials), Theme(sections=("divers",)))


def test_a_plan_is_told_as_a_plan():
    document = committee_document(gather(trials_of(certain(), 50)))
    assert document.kind == "Plan"
    assert document.decision is None
    assert {part.name for part in document.parts} & {"waterfall", "drivers", "cash"} == set()
    assert "no forecast" in document.footer


def test_nothing_is_said_of_money_where_none_is_spent():
    document = committee_document(gather(trials_of(rm.Program(program="Pier", start=START, projects=FREE), 300)))
    assert "cash" not in [part.name for part in document.parts]
    assert not [cell for cell in cells(document) if "EUR" in cell]


def test_the_same_seed_makes_the_same_document(trials):
    first, second = (committee_document(gather(trials)) for _ in range(2))
    assert list(sentences(first)) == list(sentences(second))
    assert cells(first) == cells(second)
