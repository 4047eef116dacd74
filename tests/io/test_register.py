"""Risk registers: rows become risks and responses, words numbers, and what is not drawn is listed with the reason."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import riskmc as rm
from books import book, plan
from riskmc.errors import RiskmcError
from riskmc.io import program_file
from riskmc.program.origin import origin_of

HEAD = ["ID", "Title", "Status", "Likelihood", "Schedule impact (days)", "Cost impact (EUR k)", "Activities"]
SCALES = [
    ["Band", "Score", "Probability", "Schedule impact (days)", "Cost impact (EUR k)"],
    ["VL", 1, "<10%", "0-5", "0-100"],
    ["Low", 2, "10-30%", "5-10", "100-500"],
    ["Medium", 3, "30-50%", "10-30", "500-1000"],
    ["VH", 5, "70-90%", "60-120", "10%-20%"],
]
Rows = Sequence[Sequence[Any]]


def register(folder: Path, rows: Rows, head: Sequence[Any] = HEAD, scales: Rows | None = SCALES) -> Path:
    sheets: dict[str, Rows] = {"Risks": [head, *rows]}
    return book(folder / "risks.xlsx", sheets if scales is None else {**sheets, "Scales": scales})


def read(folder: Path, rows: Rows, head: Sequence[Any] = HEAD, scales: Rows | None = SCALES, **more: Any) -> rm.Program:
    return rm.read(plan(folder), register=register(folder, rows, head, scales), **more)


def said(program: rm.Program, name: str) -> dict[str, Any]:
    return program.risks[name].model_dump(mode="json", by_alias=True, exclude_defaults=True)


def refusal(folder: Path, rows: Rows, head: Sequence[Any] = HEAD, scales: Rows | None = SCALES) -> str:
    with pytest.raises(rm.InputError) as found:
        read(folder, rows, head, scales)
    return str(found.value).replace(f"{folder}/", "")


@pytest.mark.parametrize("head", [("Likelihood (1-5)", "Schedule impact", "Cost impact"),
                                  ("Likelihood", "Schedule impact (1-5)", "Cost impact [1 to 5]")])  # fmt: skip
def test_impacts_in_steps_are_no_days_though_the_scales_are_riskmcs_own(tmp_path: Path, head: tuple[str, ...]) -> None:
    """Of the default scales step 2 is L: a chance of 20%, 1% to 5% of the work, 1% to 10% of its cost."""
    names = ["ID", "Title", *head, "Task codes"]
    found = read(tmp_path, [["R1", "Water", 2, 2, 2, "dig"], ["R2", "Wind", 4, 5, 1, "dig"]], names, None)
    impacts = [
        {"id": "schedule", "on": "dig", "duration": "x uniform(101% 105%)"},
        {"id": "cost", "on": "dig", "cost": "x uniform(101% 110%)"},
    ]
    assert (said(found, "R1")["probability"], said(found, "R1")["impacts"]) == ("20%", impacts)


def test_a_row_becomes_a_risk_with_its_words_translated(tmp_path: Path) -> None:
    """Medium is 30% to 50%, whose middle is 40%; VH is 60 to 120 days; Low is EUR 100k to 500k."""
    found = said(read(tmp_path, [["R1", "Water", "Open", "Medium", "VH", "Low", "dig"]]), "R1")
    assert found == {
        "name": "Water",
        "probability": "40%",
        "impacts": [
            {"id": "schedule", "on": "dig", "duration": "+ uniform(60d 120d)"},
            {"id": "cost", "on": "dig", "cost": "+ uniform(100k 500k)"},
        ],
    }


def test_cause_event_effect_owner_category_and_window_are_kept_and_written(tmp_path: Path) -> None:
    head = [*HEAD, "Cause", "Event", "Effect", "Owner", "Category", "From", "To"]
    prose = ["old yard", "leak", "delay", "Ann", "Ground", date(2027, 3, 1), date(2028, 12, 31)]
    program = read(tmp_path, [["R1", "Water", "Open", 0.3, 5, None, "dig", *prose]], head)
    words = {key: text for key, text in said(program, "R1").items() if key not in ("name", "probability", "impacts")}
    assert words == {
        "cause": "old yard",
        "event": "leak",
        "effect": "delay",
        "owner": "Ann",
        "category": "Ground",
        "window": {"from": "2027-03-01", "to": "2028-12-31"},
    }
    program_file.write(program, tmp_path / "again.yaml")
    again = rm.read(tmp_path / "again.yaml")
    assert again.risks == program.risks
    assert again.hash() == program.hash()
    assert any("windows are kept, and do not limit" in note for note in program.notes)


PROBABILITIES = [
    (["30%"], ["30%"]),
    ([0.3], ["30%"]),
    ([35, "0.5%"], ["35%", "0.5%"]),
    ([3, 2], ["40%", "20%"]),
    (["3 - Medium", "medium (30-50%)"], ["40%", "40%"]),
    (["very high", "v. low"], ["80%", None]),
    (["10-20%"], ["15%"]),
]


@pytest.mark.parametrize(("cells", "shares"), PROBABILITIES)
def test_probabilities_are_numbers_percentages_or_words(cells: list[Any], shares: list[Any], tmp_path: Path) -> None:
    """Bare numbers of a column are steps where all are steps of the scale, percentages where one is above 1."""
    rows = [[f"R{number}", "x", "Open", cell, 5, None, "dig"] for number, cell in enumerate(cells)]
    if None in shares:
        assert "'v. low' is no word of the probability scale" in refusal(tmp_path, rows)
        return
    program = read(tmp_path, rows)
    assert [said(program, f"R{number}")["probability"] for number in range(len(cells))] == shares


def test_a_number_below_1_among_percentages_is_refused_as_it_may_be_either(tmp_path: Path) -> None:
    rows = [["R1", "x", "Open", 30, 5, None, "dig"], ["R2", "y", "Open", 0.3, 5, None, "dig"]]
    assert (
        refusal(tmp_path, rows)
        == "risks.xlsx:Risks!D3: R2: '0.3' may be 0.3% or 30%, as others are above 1; write the %"
    )


def test_a_file_of_scales_may_name_columns_alone(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("columns: {probability: Wie wahrscheinlich, schedule: Verzug}\n")
    file = register(
        tmp_path, [["R1", "x", "30%", 5, "dig"]], ["ID", "Risk", "Wie wahrscheinlich", "Verzug", "Activities"]
    )
    assert said(rm.read(plan(tmp_path), register=file, scales=tmp_path / "s.yaml"), "R1")["probability"] == "30%"


def test_low_most_likely_and_high_have_columns_of_their_own(tmp_path: Path) -> None:
    head = [
        "ID",
        "Risk",
        "Chance",
        "Min delay (w)",
        "Delay most likely (w)",
        "Max delay (w)",
        "Cost low",
        "Cost high",
        "Task",
    ]
    program = read(tmp_path, [["R1", "x", 0.5, 1, 2, 4, 1000, 5000, "dig"]], head)
    impacts = said(program, "R1")["impacts"]
    assert [impacts[0]["duration"], impacts[1]["cost"]] == ["+ triangular(1w 2w 4w)", "+ uniform(1k 5k)"]
    assert "Risks!D2: R1: low <= mode <= high must hold" in refusal(
        tmp_path, [["R1", "x", 0.5, 9, 2, 4, 1, 5, "dig"]], head
    )
    assert "R1: has low without high" in refusal(tmp_path, [["R1", "x", 0.5, 1, 2, None, 1, 5, "dig"]], head)


def test_a_percentage_multiplies_the_work_it_is_mapped_to(tmp_path: Path) -> None:
    program = read(tmp_path, [["R1", "x", "Open", 0.5, "10-20%", "VH", "dig, wall"]])
    impacts = said(program, "R1")["impacts"]
    assert impacts == [
        {"id": "schedule", "on": ["dig", "wall"], "duration": "x uniform(110% 120%)"},
        {"id": "cost", "on": ["dig", "wall"], "cost": "x uniform(110% 120%)"},
    ]


def test_an_opportunity_shortens_and_cheapens(tmp_path: Path) -> None:
    head = [*HEAD, "Type"]
    program = read(tmp_path, [["R1", "x", "Open", 0.5, "Low", "10%", "dig", "Opportunity"]], head)
    impacts = said(program, "R1")["impacts"]
    assert [impacts[0]["duration"], impacts[1]["cost"]] == ["+ uniform(-10d -5d)", "x 90%"]


def finish(program: rm.Program) -> float:
    trials = rm.simulate(program, 200)
    return (
        float((trials.finish_minutes - rm.simulate(rm.read(Path(origin_file(program))), 200).finish_minutes).mean())
        / 1440
    )


def origin_file(program: rm.Program) -> str:
    origin = origin_of(program)
    assert origin is not None
    return origin.file


@pytest.mark.parametrize(("applies", "days"), [(None, 14), ("once", 14), ("split", 14), ("each", 28), ("own", 28)])
def test_a_delay_strikes_a_chain_once_unless_the_row_says_otherwise(
    applies: str | None, days: int, tmp_path: Path
) -> None:
    """10 working days are 14 days: once for the chain dig, wall; on each of both 28. The risk is certain."""
    program = read(tmp_path, [["R1", "x", "Open", "100%", 10, None, "dig, wall", applies]], [*HEAD, "Applies"])
    assert finish(program) == pytest.approx(days)
    assert program.risks["R1"].impacts[0].own_size == (applies == "own")


@pytest.mark.parametrize(
    ("column", "cell", "on"),
    [
        ("WBS", "1", ["wbs:1.*"]),
        ("WBS", "wbs:1*", ["wbs:1*"]),
        ("Activity name", "pit", ["name:*pit*"]),
        ("Activity IDs", "dig; name:Put*, wbs:2", ["dig", "name:Put*", "wbs:2"]),
    ],
)
def test_risks_are_mapped_by_code_branch_and_name(column: str, cell: str, on: list[str], tmp_path: Path) -> None:
    program = read(tmp_path, [["R1", "x", 0.5, 5, cell]], ["ID", "Risk", "Chance", "Delay", column])
    impact = program.risks["R1"].impacts[0]
    assert [*(impact.on or ())] == on
    assert impact.spread == "once"


LEFT_OUT = [
    (["R1", "x", "Retired", 0.5, 5, None, "dig"], "closed"),
    (["R1", "x", "Closed - mitigated", "nonsense", "?!", None, "dig"], "closed"),
    (["R1", "x", "Issue", 0.5, 5, None, "dig"], "has occurred, so it belongs in the plan"),
    (["R1", "x", "Open", "TBC", 5, None, "dig"], "no probability"),
    (["R1", "x", "Open", 0, 5, None, "dig"], "its probability is 0%"),
    (["R1", "x", "Open", 0.5, "n/a", 0, "dig"], "no impact on schedule or cost"),
    (["R1", "x", "Open", 0.5, 5, None, None], "mapped to no activity"),
    (["R1", "x", "Open", 0.5, 5, None, "dog"], "mapped to nothing in the plan"),
    (["R1", "x", "Open", 0.5, None, "10%", None], "mapped to no activity"),
]


@pytest.mark.parametrize(("row", "reason"), LEFT_OUT, ids=[f"{row[2]}-{reason}" for row, reason in LEFT_OUT])
def test_what_is_not_drawn_is_listed_with_the_reason_in_every_answer(
    row: list[Any], reason: str, tmp_path: Path
) -> None:
    program = read(tmp_path, [row, ["R2", "y", "Open", 0.5, 5, None, "dig"]])
    assert f"risks.xlsx: left out, {reason} (R1)" in program.notes
    assert "risks.xlsx: 1 of 2 risks of the register are drawn" in program.notes
    assert [name for name, risk in program.risks.items() if risk.status == "open"] == ["R2"]
    assert reason in rm.reports.tell(rm.simulate(program, 100)).replace("\n", " ")


def test_closed_risks_and_those_that_occurred_stay_in_the_program(tmp_path: Path) -> None:
    program = read(tmp_path, [["R1", "x", "Retired", 0.5, 5, None, "dig"], ["R2", "y", "Realised", 1, 5, None, "dig"]])
    assert {name: risk.status for name, risk in program.risks.items()} == {"R1": "closed", "R2": "occurred"}


def test_work_that_is_finished_and_windows_that_are_past_leave_a_risk_out(tmp_path: Path) -> None:
    text = (
        plan(tmp_path)
        .read_text(encoding="utf-8")
        .replace("start: 2027-01-04", "start: 2027-01-04\ndata_date: 2027-06-01")
    )
    done = "duration: 20d, progress: {started: 2027-01-04, finished: 2027-02-01}"
    (tmp_path / "quay.yaml").write_text(text.replace("duration: 20d", done), encoding="utf-8")
    rows = [["R1", "x", 0.5, 5, "dig", None], ["R2", "y", 0.5, 5, "wall", date(2027, 5, 31)]]
    file = register(tmp_path, rows, ["ID", "Risk", "Chance", "Delay", "Activities", "To"])
    notes = rm.read(tmp_path / "quay.yaml", register=file).notes
    assert "risks.xlsx: left out, everything it is mapped to is finished (R1)" in notes
    assert "risks.xlsx: left out, its window ended before the data date (R2)" in notes


def test_a_cost_without_a_mapping_is_the_programs_and_half_a_mapping_is_told(tmp_path: Path) -> None:
    program = read(tmp_path, [["R1", "x", "Open", 0.5, 9, 100, None], ["R2", "y", "Open", 0.5, 9, None, "dig, dog"]])
    assert said(program, "R1")["impacts"] == [{"id": "cost", "cost": "+ 100k"}]
    assert said(program, "R2")["impacts"] == [{"id": "schedule", "on": "dig", "duration": "+ 9d"}]
    assert "risks.xlsx: drawn in part, its schedule impact is left out (R1)" in program.notes
    assert "risks.xlsx: drawn in part, mapped to what is not in the plan (R2)" in program.notes
    with pytest.raises(rm.InputError) as found:
        rm.read(tmp_path / "quay.yaml", strict=True, register=tmp_path / "risks.xlsx")
    assert str(found.value) == f"{tmp_path / 'risks.xlsx'}:Risks!3: R2: is mapped to 'dog', which is not in the plan"


STAGED = [
    "ID", "Title", "Inherent probability", "Inherent delay", "Current probability", "Target probability",
    "Target delay", "Response", "Response cost", "Response status", "Activities",
]  # fmt: skip


def test_current_and_target_assessments_become_controls_and_a_response(tmp_path: Path) -> None:
    rows = [["R1", "x", "80%", 20, "50%", "10%", 5, "Trial pits", "40k", "Agreed", "dig"]]
    program = read(tmp_path, rows, STAGED)
    assert said(program, "R1")["probability"] == "80%"
    found = {key: one.model_dump(mode="json", exclude_defaults=True) for key, one in program.responses.items()}
    assert found == {
        "R1-controls": {
            "name": "Controls in place: R1",
            "status": "in_plan",
            "acts_on": {"R1": {"probability": "50%"}},
        },
        "R1-response": {
            "name": "Trial pits",
            "status": "approved",
            "cost": "40k",
            "acts_on": {"R1": {"probability": "10%", "impacts": [{"id": "schedule", "on": "dig", "duration": "+ 5d"}]}},
        },
    }


def test_mitigation_chooses_among_the_assessments(tmp_path: Path) -> None:
    """The chance that the risk occurs: 80% inherent, 50% with the controls, 10% once the response is done."""
    rows = [["R1", "x", "80%", 20, "50%", "10%", 20, "Trial pits", None, "Proposed", "dig"]]
    program = read(tmp_path, rows, STAGED)
    late = {}
    for state in ("pre", "current", "post"):
        minutes = rm.simulate(program, 2000, mitigation=state).finish_minutes
        base = rm.simulate(rm.read(tmp_path / "quay.yaml"), 2000).finish_minutes
        late[state] = float(((minutes - base) > 0).mean())
    assert late == pytest.approx({"pre": 0.8, "current": 0.5, "post": 0.1}, abs=0.04)  # 4 standard errors


def test_residual_is_the_target_without_one_and_the_current_beside_one(tmp_path: Path) -> None:
    head = ["ID", "Risk", "Gross probability", "Residual probability", "Delay", "Activities"]
    row = ["R1", "x", "80%", "30%", 5, "dig"]
    assert [*read(tmp_path, [row], head).responses] == ["R1-response"]
    assert [*read(tmp_path, [[*row, "10%"]], [*head, "Target probability"]).responses] == ["R1-controls", "R1-response"]


def test_headings_above_headings_and_titles_above_the_table_are_understood(tmp_path: Path) -> None:
    rows = [
        ["Quay: initial register"],
        [],
        [None, None, "Pre-mitigation", None, "Post-mitigation", None, None],
        ["ID", "Title", "Probability", "Delay (d)", "Probability", "Delay (d)", "Activities"],
        ["R1", "x", "50%", 20, "10%", 5, "dig"],
    ]
    book(tmp_path / "risks.xlsx", {"Cover": [["Risk register"]], "R": rows})
    program = rm.read(plan(tmp_path), register=tmp_path / "risks.xlsx")
    assert said(program, "R1")["probability"] == "50%"
    assert program.responses["R1-response"].acts_on["R1"].probability == 0.1


def test_columns_sheet_and_scales_are_named_in_the_program_file(tmp_path: Path) -> None:
    book(
        tmp_path / "risks.xlsx",
        {"A": [["ID", "Risk", "Today's guess", "Impact", "Where"], ["R1", "x", "likely", 7, "dig"]]},
    )
    more = (
        'register: {file: risks.xlsx, sheet: A, columns: {probability: "Today\'s guess", schedule: Impact, '
        "activities: where}}\nscales: {probability: {likely: 60%-80%}}\n"
    )
    program = rm.read(plan(tmp_path, more))
    assert said(program, "R1") == {
        "name": "x",
        "probability": "70%",
        "impacts": [{"id": "schedule", "on": "dig", "duration": "+ 7d"}],
    }
    assert origin_of(program).where(("risks", "R1", "impacts", 0)) == "risks.xlsx:A!2"


def test_a_file_of_scales_comes_before_all_others_and_may_name_columns(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("scales: {probability: {hoch: 60%-80%}}\ncolumns: {schedule: Impact}\n")
    file = register(tmp_path, [["R1", "x", "hoch", 5, "dig"]], ["ID", "Risk", "Chance", "Impact", "Activities"])
    program = rm.read(plan(tmp_path), register=file, scales=tmp_path / "s.yaml")
    assert said(program, "R1")["probability"] == "70%"
    (tmp_path / "s.yaml").write_text("probability: {low: 0%-10%, LOW: 10%}\n")
    with pytest.raises(rm.InputError, match=r"s\.yaml:1: .*'low' stands for two bands"):
        rm.read(plan(tmp_path), register=file, scales=tmp_path / "s.yaml")


def test_riskmcs_own_scales_are_used_only_when_nothing_else_is_there_and_this_is_told(tmp_path: Path) -> None:
    row = ["R1", "x", "Open", "H", "VH", None, "dig"]
    program = read(tmp_path, [row], scales=None)
    assert said(program, "R1")["probability"] == "60%"
    assert said(program, "R1")["impacts"][0]["duration"] == "x uniform(120% 140%)"
    assert any("2 words such as High are translated by riskmc's default scales" in note for note in program.notes)
    assert "no word of the probability scale" in refusal(tmp_path, [row])
    own = read(tmp_path, [["R1", "x", "Open", "VH", "VH", None, "dig"]])
    assert not any("default scales" in note for note in own.notes)
    (tmp_path / "quay.yaml").write_text(plan(tmp_path).read_text() + "register: {file: risks.xlsx, scales: default}\n")
    register(tmp_path, [row])
    assert any("default scales" in note for note in rm.read(tmp_path / "quay.yaml").notes)


def test_a_triangular_shape_is_most_likely_in_the_middle_of_the_band(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("schedule: {L: 2d-6d}\nshape: triangular\n")
    file = register(tmp_path, [["R1", "x", "Open", 0.5, "L", None, "dig"]])
    program = rm.read(plan(tmp_path), register=file, scales=tmp_path / "s.yaml")
    assert said(program, "R1")["impacts"][0]["duration"] == "+ triangular(2d 4d 6d)"


def test_all_faults_are_told_at_once_each_with_its_cell(tmp_path: Path) -> None:
    rows = [
        ["R1", "x", "Open", "Hihg", 5, None, "dig"],
        ["R2", "x", "Open", 0.5, "20-10", None, "dig"],
        ["R2", "x", "Open", "150%", "5 bananas", None, "dig"],
        [None, None, "Open", 0.5, 5, None, "dig"],
    ]
    assert refusal(tmp_path, rows).splitlines() == [
        "risks.xlsx:Risks!5: the row names no risk: an ID or a title",
        "risks.xlsx:Risks!A4: 'R2' is said twice; first in row 3",
        "risks.xlsx:Risks!D2: R1: 'Hihg' is no word of the probability scale; words: VL, Low, Medium, VH",
        "risks.xlsx:Risks!D4: R2: a probability is between 0% and 100%, got '150%'",
        "risks.xlsx:Risks!E3: R2: low <= high must hold, got 20d, 10d; swap them?",
        "risks.xlsx:Risks!E4: R2: '5 bananas': unknown unit 'bananas'; write 10d, 5-10 days, 2 weeks or 10%",
    ]


def test_a_risk_that_the_program_file_has_already_is_a_fault(tmp_path: Path) -> None:
    own = "risks: {R1: {probability: 10%, impacts: [{cost: + 1k}]}}\n"
    file = register(tmp_path, [["R1", "x", "Open", 0.5, 5, None, "dig"]])
    with pytest.raises(rm.InputError, match=r"Risks!2: risks\.R1 is in the program file already"):
        rm.read(plan(tmp_path, own), register=file)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([["nothing", "here"]], "no risk register found (sheets: Risks): expected a row of headings"),
        ([["ID", "Risk", "Chance"], ["R1", "x", 0.5]], "no column of schedule or cost impact; name it: columns:"),
        (
            [["ID", "Risk", "Chance", "Probability", "Delay"], ["R1", "x", 0.5, 0.5, 3]],
            "'Chance' and 'Probability' seem",
        ),
    ],
)
def test_a_file_that_is_no_register_is_refused_with_a_way_out(rows: Rows, text: str, tmp_path: Path) -> None:
    file = book(tmp_path / "risks.xlsx", {"Risks": rows})
    with pytest.raises(rm.InputError) as found:
        rm.read(plan(tmp_path), register=file)
    assert text in str(found.value)


def test_bands_need_both_their_ends(tmp_path: Path) -> None:
    rows = [["Band", "Probability", "Delay (d)"], ["L", "<10%", "1-5"], ["H", ">50%", "60+"]]
    told = refusal(tmp_path, [["R1", "x", "Open", "L", "L", None, "dig"]], scales=rows)
    assert told.splitlines() == [
        "risks.xlsx:Scales!B3: probability: a band needs both ends, got '>50%': up to what?",
        "risks.xlsx:Scales!C3: schedule: a band needs both ends, got '60+': up to what?",
    ]


def test_a_csv_with_semicolons_and_decimal_commas_is_read_as_a_workbook_is(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("ID;Risk;Chance;Delay (d);Cost\nR1;x;0,25;2,5;250.000\n", encoding="cp1252")
    program = rm.read(plan(tmp_path), register=tmp_path / "r.csv")
    assert said(program, "R1")["probability"] == "25%"
    assert said(program, "R1")["impacts"] == [{"id": "cost", "cost": "+ 250k"}]
    (tmp_path / "r.csv").write_text("ID,Risk,Chance,Delay\nR1,x,lots,5\n")
    with pytest.raises(rm.InputError, match=r"r\.csv:2: R1: 'lots' is no word"):
        rm.read(plan(tmp_path), register=tmp_path / "r.csv")


def test_hostile_texts_do_no_harm_in_any_output(tmp_path: Path) -> None:
    name = "<script>alert(1)</script>=cmd() \u202eabc " + "long " * 60
    program = read(
        tmp_path, [["@R1+", name, "Open", 0.5, 5, 10, "dig"], ["<b>", name, "Retired", None, None, None, None]]
    )
    trials = rm.simulate(program, 100)
    assert "<script>alert" not in rm.reports.page(trials)
    assert "\u202e" not in rm.reports.tell(trials)
    found = rm.read_register(tmp_path / "risks.xlsx", program)
    told = rm.reports.tell_register(found)
    assert max(map(len, told.splitlines())) <= 80
    assert "\u202e" not in told
    program_file.write(program, tmp_path / "again.yaml")
    assert rm.read(tmp_path / "again.yaml").risks == program.risks


def test_draws_stay_when_the_mapping_or_another_risk_changes(tmp_path: Path) -> None:
    """The size of R1 hangs on its ID alone: added rows, other mappings and other columns change no draw of it."""
    one = read(tmp_path, [["R1", "x", "Open", 0.5, "5-20", None, "dig"]])
    two = read(tmp_path, [["R0", "z", "Retired", 0.5, 5, None, "dig"], ["R1", "x", "Open", 0.5, "5-20", None, "wall"]])
    assert (rm.simulate(one, 300).finish_minutes == rm.simulate(two, 300).finish_minutes).mean() > 0.9


def test_two_thousand_risks_are_read_in_a_second(tmp_path: Path) -> None:
    head = [*HEAD, "Residual likelihood", "Owner", "Cause", "Effect"]
    words = ["VL", "Low", "Medium", "VH"]
    rows = [
        [
            f"R{n}",
            f"Risk {n}",
            "Open",
            words[n % 4],
            f"{n % 9 + 1}-20",
            words[n % 3],
            "dig, wall",
            "VL",
            "Ann",
            "a",
            "b",
        ]
        for n in range(2000)
    ]
    file = register(tmp_path, rows, head)
    source = plan(tmp_path)
    before = time.process_time()
    program = rm.read(source, register=file)
    spent = time.process_time() - before
    assert len(program.risks) == len(program.responses) == 2000
    assert spent < 3.0  # the bar is 1 s on a quiet machine; this guards against a square


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["R1", "dig", "High", "5-10 d", "10%", "n/a", "VL", "Open", "3 - M", "-", "=A1", "1e400", "2027-01-01"]
    ),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=9, max_size=9), min_size=1, max_size=6), own=st.booleans())
def test_whatever_stands_in_its_cells_a_register_is_read_or_refused(rows: Rows, own: bool, tmp_path: Path) -> None:
    head = [*HEAD, "Residual likelihood", "Applies"]
    try:
        program = read(tmp_path, rows, head, SCALES if own else None)
    except rm.InputError:
        return
    try:
        rm.simulate(program, 10)
    except RiskmcError:
        return
