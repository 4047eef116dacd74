"""Three-point durations: found in user-defined fields by their usual names or the user's, and made ranges."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import mspdi_plans
import riskmc as rm
from riskmc.errors import ArgumentError
from riskmc.io.three_point import Names, named, recognised, three_point, unit_of
from riskmc.program.notation import size_text
from xer_plans import DATA

TRIOS = [
    ("Optimistic", "Most Likely", "Pessimistic"),
    ("Min", "Likely", "Max"),
    ("BC", "ML", "WC"),
    ("Risk Min Duration", "Risk ML Duration", "Risk Max Duration"),
    ("Minimum Duration", "Most Likely Duration", "Maximum Duration"),
    ("Optimistic Duration", "Expected Duration", "Pessimistic Duration"),
    ("Best case days", "Most likely days", "Worst case days"),
    ("Duration1", "Duration2", "Duration3"),
]


@pytest.mark.parametrize("trio", TRIOS, ids=[trio[0] for trio in TRIOS])
def test_the_usual_names_are_found_among_others_in_any_order(trio: tuple[str, str, str]) -> None:
    assert recognised(["Owner", trio[2], "Low priority", trio[0], "Cost Min", "Cost Max", trio[1]]) == Names(*trio)


@pytest.mark.parametrize(
    "titles",
    [["Low", "High"], ["Low cost", "High cost"], ["Min", "Likely"], ["Duration1", "Duration2"], [],
     ["Min", "ML", "Max", "Min Days", "ML days", "Max days"]],
)  # fmt: skip
def test_what_may_mean_something_else_is_not_guessed(titles: list[str]) -> None:
    assert recognised(titles) is None


def test_without_most_likely_the_titles_have_to_speak_of_durations() -> None:
    assert recognised(["Min Duration", "Max Duration"]) == Names("Min Duration", "", "Max Duration")


def test_units_stand_in_the_title_and_are_days_where_none_does() -> None:
    assert [unit_of(title) for title in ("Min (h)", "Min Duration", "Max weeks")] == ["h", "d", "w"]


SAID = [
    ({"Min": "5", "Likely": "8.5", "Max": "20"}, "triangular(5d 8.5d 20d)"),
    ({"Min": "5d", "Likely": "1w", "Max": "20"}, None),
    ({"Min": "40h", "Likely": "60 hrs", "Max": "160h"}, "triangular(40h 60h 160h)"),
    ({"Min": "5", "Max": "20"}, "uniform(5d 20d)"),
    ({"Likely": "5"}, ""),
    ({"Min": "0", "Likely": "0", "Max": "0"}, ""),
    ({"Min": "9", "Likely": "8", "Max": "20"}, None),
    ({"Min": "-1", "Likely": "8", "Max": "20"}, None),
]


@pytest.mark.parametrize(("texts", "text"), SAID)
def test_three_values_are_a_range_none_is_none_and_a_contradiction_is_refused(
    texts: dict[str, str], text: str | None
) -> None:
    names = Names("Min", "Likely", "Max")
    if text is None:
        with pytest.raises(ArgumentError):
            three_point(texts, names)
    else:
        found = three_point(texts, names)
        assert (size_text(found) if found is not None else "") == text


def test_names_are_said_in_one_text_or_in_words() -> None:
    assert named("Min, Likely, Max") == named(("Min", "Likely", "Max")) == Names("Min", "Likely", "Max")
    assert named("Min, , Max, pert") == Names("Min", "", "Max", "pert")
    for wrong in ("Min, Max", "Min, Likely, Max, gamma", ",a,"):
        with pytest.raises(ArgumentError):
            named(wrong)


def with_fields(folder: Path, titles: list[tuple[str, str]], values: list[tuple[int, int, str]]) -> Path:
    """Write the plain XER plan with user-defined fields: titles with their types, and (field, task, value)."""
    lines = ["%T\tUDFTYPE", "%F\tudf_type_id\ttable_name\tudf_type_name\tudf_type_label\tlogical_data_type"]
    lines += [f"%R\t{n}\tTASK\tuser_field_{n}\t{title}\t{kind}" for n, (title, kind) in enumerate(titles)]
    lines += ["%R\t90\tPROJECT\tuser_field_90\tMin\tFT_FLOAT_2_DECIMALS"]
    lines += ["%T\tUDFVALUE", "%F\tudf_type_id\tfk_id\tproj_id\tudf_date\tudf_number\tudf_text\tudf_code_id"]
    for field, task, value in values:
        number = titles[field][1] != "FT_TEXT"
        lines.append(f"%R\t{field}\t{task}\t10\t\t{value if number else ''}\t{'' if number else value}\t")
    lines.append("%R\t90\t1\t10\t\t99\t\t")  # of the project with the number of the first activity
    text = (DATA / "plain.xer").read_text(encoding="utf-8")
    file = folder / "plan.xer"
    file.write_text(text.replace("%E", "\n".join([*lines, "%E"])), encoding="utf-8")
    return file


NUMBER = "FT_FLOAT_2_DECIMALS"
USUAL = [("Min", NUMBER), ("Most likely", NUMBER), ("Max", NUMBER), ("Contractor", "FT_TEXT")]


def duration(program: rm.Program, code: str) -> Any:
    return program.projects["BRIDGE"].activities[code].duration.model_dump()


def test_fields_of_p6_become_ranges_beside_the_plan_and_texts_codes(tmp_path: Path) -> None:
    """A 10.2 lasts 40 h in the plan; its fields say 4, 5 and 9 days."""
    file = with_fields(tmp_path, USUAL, [(0, 1, "4"), (1, 1, "5"), (2, 1, "9"), (3, 1, "Bored Piles Ltd")])
    program = rm.read(file)
    assert duration(program, "A 10.2") == {"plan": "40h", "range": "triangular(4d 5d 9d)"}
    assert program.projects["BRIDGE"].activities["A 10.2"].codes["Contractor"] == "Bored Piles Ltd"
    told = "ranges of durations are triangular, from the fields 'Min', 'Most likely', 'Max' (BRIDGE.A 10.2)"
    assert told in program.notes
    plain = rm.read(DATA / "plain.xer")
    changed = [path for path, made in program.activities().items() if made != plain.activities()[path]]
    assert changed == ["BRIDGE.A 10.2"]


def test_low_above_high_is_a_fault_with_its_line(tmp_path: Path) -> None:
    file = with_fields(tmp_path, USUAL, [(0, 1, "9"), (1, 1, "5"), (2, 1, "4"), (0, 2, "x"), (2, 2, "4")])
    lines = file.read_text(encoding="utf-8").splitlines()
    with pytest.raises(rm.InputError) as found:
        rm.read(file)
    one, two = (lines.index(f"%R\t0\t{task}\t10\t\t{low}\t\t") + 1 for task, low in ((1, "9"), (2, "x")))
    first, second = str(found.value).splitlines()
    assert first == f"{file}:{one}: BRIDGE.A 10.2: low <= most likely <= high must hold, got 9d, 5d, 4d"
    assert second.startswith(f"{file}:{two}: BRIDGE.")
    assert "'x' is no value" in second


def test_fields_with_other_names_are_named_by_the_user(tmp_path: Path) -> None:
    titles = [("Kort", NUMBER), ("Normaal", NUMBER), ("Lang", NUMBER)]
    file = with_fields(tmp_path, titles, [(0, 1, "4"), (1, 1, "5"), (2, 1, "9")])
    assert duration(rm.read(file), "A 10.2") == "40h"
    program = rm.read(file, three_point="Kort, Normaal, Lang, pert")
    assert duration(program, "A 10.2") == {"plan": "40h", "range": "pert(4d 5d 9d)"}
    with pytest.raises(
        ArgumentError, match=r"no activity of plan\.xer has a field 'Short'.*; did you mean 'Kort'\? Fields: "
    ):
        rm.read(file, three_point="Short, Normaal, Lang")


def test_what_the_analyst_says_over_a_plan_counts_before_its_fields(tmp_path: Path) -> None:
    with_fields(tmp_path, USUAL, [(0, 1, "4"), (1, 1, "5"), (2, 1, "9"), (0, 2, "1"), (1, 2, "2"), (2, 2, "3")])
    overlay = tmp_path / "over.yaml"
    overlay.write_text(
        "riskmc: 1\nprogram: Over\nplan: plan.xer\n"
        'projects: {BRIDGE: {activities: {"A 10.2": {duration: pert(3d 4d 5d)}}}}\n'
    )
    program = rm.read(overlay, three_point="Min, Most likely, Max")
    assert duration(program, "A 10.2") == {"plan": "40h", "range": "pert(3d 4d 5d)"}
    ranged = [path for path, made in program.activities().items() if made.duration and made.duration.range]
    assert len(ranged) == 2


def test_custom_fields_of_microsoft_project_become_ranges(tmp_path: Path) -> None:
    """Duration1 to Duration3 of task 1 are 8, 16 and 40 hours."""
    fields = [{"FieldID": f"18874378{n}", "FieldName": f"Duration{n - 2}"} for n in (3, 4, 5)]
    said = [{"FieldID": f"18874378{n}", "Value": f"PT{hours}H0M0S"} for n, hours in ((3, 8), (4, 16), (5, 40))]
    program = mspdi_plans.read(tmp_path, mspdi_plans.task(1, 16, ExtendedAttribute=said), fields=fields)
    activity = next(iter(program.activities().values()))
    assert activity.duration.model_dump()["range"] == "triangular(8h 16h 40h)"
    said[0]["Value"] = "PT80H0M0S"
    with pytest.raises(rm.InputError, match=r":\d+: .*low <= most likely <= high must hold, got 80h, 16h, 40h"):
        mspdi_plans.read(tmp_path, mspdi_plans.task(1, 16, ExtendedAttribute=said), fields=fields)
