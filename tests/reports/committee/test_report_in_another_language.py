"""A committee report in another language: nothing of it is left in English but names, figures and a short list."""

import html
import re
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

import riskmc as rm
from committees import STORM, small
from riskmc.forecast.catalogue.entries import TEMPLATE
from riskmc.forecast.language import speaking
from riskmc.forecast.language_choice import find_language
from riskmc.reports.committee.composed import committee_document
from riskmc.reports.committee.material import gather
from riskmc.reports.html.page import html_text
from riskmc.reports.markdown.text import markdown_text

KINDS = ("everything", "plan", "bare")
SAME = {"Plan", "Pier: Plan", "Version", "Jan", "Feb", "Apr", "Aug", "Nov", "monte-carlo"}  # in both languages
NAMES = """Pier Xebec Storm Strike Opening Budget Breakwater Early talks Two crews Dig Build Spare Done Bare Stahl liegt
bereit Krieg dig build done reserve storm strike sea calendars"""
CODES = "riskmc cash crosscheck monte carlo true margin contingency cost_of_delay EUR start_on probability"
KNOWN = {*NAMES.split(), *CODES.split()}
ITERATIONS = 120
WORD = re.compile(r"[A-Za-z][A-Za-z_]+|(?<=\d[ \u00a0])[a-z]\b")


def everything(**more):
    """Return a program with all that a report can speak of."""
    return small(
        calendars={"sea": {"week": {"mon-fri": "08:00-16:00"}, "weather": {"jan-mar": {"lost": "20%"}}}},
        projects={"p": {"name": "Xebec", "activities": _activities()}},
        responses={
            "wall": {"name": "Breakwater", "cost": "50k", "acts_on": {"storm": {"probability": "5%"}}},
            "talks": {
                "name": "Early talks",
                "cost": "5k",
                "status": "approved",
                "acts_on": {"strike": {"probability": "20%"}},
            },
        },
        scenarios={"quick": {"name": "Two crews", "set": {"p.build.duration": "12d"}, "add_cost": "60k"}},
        funding={2027: "100k"},
        fiscal_year_starts="01-01",
        payments={"lag": "30ed"},
        escalation={"general": {"rate": "normal(2.5% 1%)", "years": "own", "from": 2027}},
        management_reserve="20k",
        confidence={"expect": "P50", "commit": "P80"},
        assumptions=["Stahl liegt bereit"],
        not_in_the_model=["Krieg"],
        **{"risks": _risks("40%"), **more},
    )


def _activities():
    return {
        "dig": {"name": "Dig", "duration": "triangular(8d 10d 15d)", "cost": {"per_day": "10k"}, "calendar": "sea"},
        "build": {
            "name": "Build", "duration": "triangular(15d 20d 30d)", "after": ["dig FS-2d"], "cost": {"fixed": "200k"},
            "start_on": "2027-01-18",
        },
        "reserve": {"name": "Spare", "duration": "5d", "margin": True, "after": ["build"]},
        "done": {"name": "Done", "milestone": True, "after": ["reserve"]},
    }  # fmt: skip


def _risks(probability):
    strike = {"name": "Strike", "probability": "30%", "impacts": [{"on": "p.dig", "duration": "+ 4d", "cost": "+ 9k"}]}
    return {"storm": {**STORM, "probability": probability}, "strike": strike}


def _material(kind):
    """Return the material of one kind of report, gathered before any language is in force, as `report` does."""
    if kind == "plan":
        plan = {"dig": {"duration": "10d", "cost": "5k"}, "done": {"milestone": True, "after": ["dig"]}}
        return gather(rm.simulate(small(projects={"p": {"activities": plan}}, risks={}), 100, statistics=True))
    if kind == "bare":
        dig = {"dig": {"duration": "pert(5d 9d 14d)"}}
        bare = rm.Program(program="Bare", start="2027-01-04", projects={"p": {"activities": dig}})
        return gather(rm.simulate(bare, ITERATIONS, statistics=True))
    program = everything(risks=_risks("60%"))
    base, faster = (rm.simulate(one, ITERATIONS, statistics=True) for one in (program, program.scenario("quick")))
    return gather(base, faster, changed=rm.diff(everything(), program, ITERATIONS))


@pytest.fixture(scope="module", params=KINDS)
def material(request):
    return _material(request.param)


@pytest.fixture(scope="module")
def bent(tmp_path_factory):
    """A language in which every letter of every text is Greek, so that what is not in the catalogue stands out."""
    made = Catalog(locale="el", charset="utf-8")
    with TEMPLATE.open("rb") as file:
        for message in read_po(file):
            if message.id:
                forms = (message.id,) if isinstance(message.id, str) else message.id
                told = tuple(re.sub(r"(\{[^}]*\})|[A-Za-z]", lambda found: found[1] or "ω", form) for form in forms)
                made.add(message.id, told[0] if isinstance(message.id, str) else told)
    out = BytesIO()
    write_po(out, made)
    file = tmp_path_factory.mktemp("bent") / "el.po"
    file.write_bytes(out.getvalue())
    return find_language("el", translation=file)


def runs(document):
    """Return every run of text of the page: between tags, in the labels of what is drawn, and in what is drawn."""
    page = re.sub(r"<style.*?</style>|<script.*?</script>|<meta[^>]*>", "", html_text(document), flags=re.DOTALL)
    found = re.findall(r">([^<>]+)<", page) + re.findall(r'(?:aria-label|title|alt)="([^"]+)"', page)
    return {" ".join(html.unescape(text).split()) for text in found}


def words_of(text, material):
    """Return the words of a text that are neither names nor the hash of a program."""
    for trials in (material.trials, *([material.changed.old] if material.changed is not None else [])):
        text = text.replace(trials.hash, "")
    return set(WORD.findall(text)) - KNOWN


@pytest.fixture(scope="module")
def english(material):
    return runs(committee_document(material))


def test_nothing_of_a_report_is_left_out_of_the_catalogue(material, bent):
    with speaking(bent):
        document = committee_document(material)
        told = [*runs(document), *markdown_text(document).splitlines()]
    left = {text: words for text in told if (words := words_of(text, material))}
    assert left == {}


def test_a_german_report_shares_no_text_with_the_english_one(material, english):
    with speaking(find_language("de")):
        german = runs(committee_document(material))
    assert {text for text in german & english if words_of(text, material)} - SAME == set()
    assert len(german) > len(english) / 2
    assert runs(committee_document(material)) == english
