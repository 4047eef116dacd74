"""The card of a program counts what is in it, and the plain text beside it says the same numbers."""

from __future__ import annotations

import re

import fabricated
from riskmc.program.program import Program

FERRY = {
    "program": "Ferry",
    "start": "2027-01-11",
    "data_date": "2027-03-01",
    "projects": {
        "ship": {
            "activities": {
                "design": {"duration": "pert(5d 8d 20d)", "cost": "1M"},
                "hull": {"duration": "30d", "cost": "triangular(2M 3M 5M)", "after": ["design", "design SS+2d"]},
                "afloat": {"milestone": True, "after": ["hull"]},
            }
        }
    },
    "ranges": [{"on": "all", "duration": "triangular(90% 100% 130%)", "sizes": "own"}],
    "risks": {"ice": {"probability": "20%", "impacts": [{"on": "ship.hull", "duration": "+ 5d"}]}},
    "targets": [{"name": "Summer", "finish": "2027-06-01"}],
}


def figures(html: str) -> dict[str, str]:
    """The figures of a card by their heading."""
    return dict(re.findall(r"<div><span>([^<]+)</span><b[^>]*>([^<]+)</b></div>", html))


def test_the_plain_text_counts_everything_in_one_line():
    assert repr(Program(**FERRY)) == (
        "<Program 'Ferry': 1 project, 2 activities, 1 milestone, 3 links, 2 ranges, 1 range rule, 1 risk, 1 target, "
        "0 scenarios; start 11 Jan 2027; data date 1 Mar 2027>"
    )
    assert str(Program(**FERRY)) == repr(Program(**FERRY))


def test_the_card_and_the_plain_text_say_the_same_numbers():
    for noun in (Program(**FERRY), fabricated.program()):
        told = figures(noun._repr_html_())
        assert len(told) >= 10
        for word, value in told.items():
            singular = re.sub("ie$", "y", word.lower().removesuffix("s"))
            said = repr(noun)
            assert any(
                text in said for text in (f"{value} {word.lower()}", f"{value} {singular}", f"{word.lower()} {value}")
            )


def test_no_date_is_told_that_is_known_only_after_compiling():
    html = Program(**{**FERRY, "data_date": None})._repr_html_()
    assert re.findall(r"\d{1,2} [A-Z][a-z]{2} \d{4}", html) == ["11 Jan 2027"]
    assert "Data date" not in html


def test_of_several_projects_the_earliest_start_is_told():
    projects = {name: {"start": start, "activities": {}} for name, start in (("a", "2027-05-03"), ("b", "2027-02-01"))}
    assert "; start 1 Feb 2027>" in repr(Program(program="Two", projects=projects))


def test_the_plan_under_an_overlay_is_named():
    assert "Over the plan harbour &lt;1&gt;.xer" in Program(**{**FERRY, "plan": "harbour <1>.xer"})._repr_html_()
    assert "Over the plan" not in Program(**FERRY)._repr_html_()


def test_a_hostile_name_is_text_and_a_long_one_is_cut():
    html = Program(**{**FERRY, "program": "<script>alert(1)</script>" + "x" * 300})._repr_html_()
    assert "<script" not in html
    assert "x" * 101 not in html
    assert "…" in html


def test_nouns_that_a_file_says_in_one_phrase_are_shown_by_it():
    activities = {"a": {"duration": "1d"}, "b": {"duration": "2d", "after": "a SS+2d"}}
    found = Program(program="Two", start="2027-01-04", projects={"p": {"activities": activities}}).activities()["p.b"]
    assert (repr(found.after[0]), repr(found.duration)) == ("<Link 'a SS+2d'>", "<Estimate '2d'>")
    assert "a SS+2d" in found.after[0]._repr_html_()
