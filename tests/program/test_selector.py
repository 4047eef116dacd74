"""Selectors: what each pattern and filter means, and paths of activities."""

from __future__ import annotations

import pytest

from riskmc.errors import ProgramError
from riskmc.program import Program, RangeRule, select

PROGRAM = Program(
    program="X",
    start="2027-01-04",
    projects={
        "design": {
            "activities": {
                "survey": {"duration": "1d", "tags": ["early", "site"], "name": "Ground survey", "wbs": "CIV.01"},
                "permits": {"duration": "1d", "codes": {"discipline": "Civil"}},
            }
        },
        "build": {
            "activities": {
                "dig": {"duration": "1d", "wbs": "CIV.02", "codes": {"discipline": "Civil works"}},
                "survey": {"duration": "1d"},
            }
        },
    },
)


@pytest.mark.parametrize(
    ("selector", "except_", "paths"),
    [
        (["dig"], None, ["build.dig"]),
        (["build.dig", "design.survey"], None, ["design.survey", "build.dig"]),
        (["design.*"], None, ["design.survey", "design.permits"]),
        (["*"], ["design.*"], ["build.dig", "build.survey"]),
        (["sur*"], None, ["design.survey", "build.survey"]),
        (["*.survey"], None, ["design.survey", "build.survey"]),
        (["all"], ["dig"], ["design.survey", "design.permits", "build.survey"]),
        (["tag:site"], None, ["design.survey"]),
        (["code:discipline=Civil"], None, ["design.permits"]),
        (["code:discipline=Civil*"], None, ["design.permits", "build.dig"]),
        (["wbs:CIV.*"], None, ["design.survey", "build.dig"]),
        (["name:*survey"], None, ["design.survey"]),
        (["critical"], None, ["build.dig"]),
        (["tag:none"], None, []),
    ],
)
def test_a_selector_means_activities_in_file_order(
    selector: list[str], except_: list[str] | None, paths: list[str]
) -> None:
    assert select(PROGRAM, selector, except_, lambda: {"build.dig"}) == tuple(paths)


def test_what_names_several_or_nothing_is_refused() -> None:
    with pytest.raises(ProgramError, match=r"write one of design\.survey, build\.survey"):
        select(PROGRAM, ["survey"])
    with pytest.raises(ProgramError, match="did you mean 'permits'"):
        select(PROGRAM, ["permit"])


def test_over_a_plan_an_unknown_identifier_selects_nothing() -> None:
    assert select(PROGRAM.but(plan="x.xer"), ["permit", "dig"]) == ("build.dig",)


def test_the_home_project_comes_first() -> None:
    assert PROGRAM.path("survey", "build") == "build.survey"
    assert PROGRAM.path("dig", "design") == "build.dig"
    assert PROGRAM.project_of("build.dig") == "build"
    with pytest.raises(ProgramError, match="unknown activity"):
        PROGRAM.project_of("dig")


def test_codes_that_look_like_words_paths_and_patterns_are_told_apart() -> None:
    work = {"duration": "1d"}
    near = {"a": work, "p.a": work, "all": work, "x*": work, "xy": work}
    program = Program(
        program="X", start="2027-01-04", projects={"p": {"activities": near}, "q": {"activities": {"p.a": work}}}
    )
    assert program.path("p.a", "p") == "p.a"  # a path comes before the code of an activity, at home too
    assert program.path("p.a", "q") == "p.a"
    assert program.path("xy", "q") == "p.xy"
    assert program.path("all", "q") == "p.all"
    assert select(program, ["p.a"]) == ("p.a",)
    assert select(program, ["x*"]) == ("p.x*", "p.xy")
    assert select(program, ['"x*"']) == ("p.x*",)
    assert len(select(program, ["all"])) == 6
    assert select(program, ['"all"']) == ("p.all",)


@pytest.mark.parametrize(
    ("on", "words"), [("tags:x", "did you mean 'tag:'"), ("code:x", "code:NAME=VALUE"), ([], "at least one")]
)
def test_a_selector_without_form_is_refused(on: object, words: str) -> None:
    with pytest.raises(ProgramError, match=words):
        RangeRule(on=on, duration="90%")
