"""A workbook read: headings in any order, every fault with its cell at once, formulas, plans below and above."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import riskmc as rm
from books import book, rezipped
from riskmc.io.workbook import writer as workbook_writer
from riskmc.program.origin import origin_of

GENERAL = [("Start", "2027-01-04"), ("currency", "EUR")]
CHAIN = [("ID", "Duration", "Predecessors"), ("a", 5, None), ("b", "2w", "a"), ("c", "3 days", "a SS+2d, b")]


def read(tmp_path: Path, name: str = "plan.xlsx", **sheets: list) -> rm.Program:
    return rm.read(book(tmp_path / name, {title.replace("_", " "): rows for title, rows in sheets.items()}))


def faults(tmp_path: Path, **sheets: list) -> list[str]:
    with pytest.raises(rm.InputError) as error:
        read(tmp_path, **sheets)
    return [str(problem).removeprefix(f"{tmp_path}/") for problem in error.value.problems]


def test_headings_stand_in_any_order_and_case_and_have_their_usual_synonyms(tmp_path: Path) -> None:
    rows = [("a title",), ("TASK NAME", "predecessor", "Task_ID", "(mine)", "duration (days)", "Fixed cost")]
    rows += [("Dig", None, "a", "?", 5, "1.2M"), ("Line", "a", "b", "?", "3d", 250)]
    program = read(tmp_path, Tasks=rows, General=GENERAL)
    same = {"a": {"name": "Dig", "duration": "5d", "cost": "1.2M"}}
    same["b"] = {"name": "Line", "duration": "3d", "after": ["a"], "cost": "250"}
    words = {"program": "plan", "start": "2027-01-04", "currency": "EUR", "projects": {"plan": {"activities": same}}}
    assert program == rm.Program(**words)


def test_predecessors_are_written_as_in_a_program_file_or_as_in_microsoft_project(tmp_path: Path) -> None:
    links = read(tmp_path, Program=GENERAL, Activities=CHAIN).activities()["plan.c"].after
    assert links == (rm.Link(activity="a", type="SS", lag="2d"), rm.Link(activity="b"))


def test_low_most_likely_and_high_are_a_range(tmp_path: Path) -> None:
    rows = [("ID", "Duration", "Low", "Most likely", "High", "Distribution")]
    rows += [("a", 5, 4, "1w", 9, "pert"), ("b", None, 4, 5, 9, None), ("c", None, 4, None, 9, None)]
    activities = read(tmp_path, Program=GENERAL, Activities=rows).activities()
    assert activities["plan.a"].duration == rm.Estimate(plan="5d", range="pert(4d 1w 9d)")
    assert activities["plan.b"].duration == rm.Estimate(range="triangular(4d 5d 9d)")
    assert activities["plan.c"].duration == rm.Estimate(range="uniform(4d 9d)")


def test_the_sheet_of_links_names_its_successor_by_id_or_path(tmp_path: Path) -> None:
    rows = [("Project", "ID", "Duration"), ("p", "a", 1), ("q", "a", 2), ("q", "b", 3)]
    links = [("Predecessor", "Successor", "Type", "Lag"), ("p.a", "b", "SS", "50%")]
    links += [("p.a", "q.a", None, "uniform(1d 2d)")]
    activities = read(tmp_path, Program=GENERAL, Activities=rows, Links=links).activities()
    assert activities["q.b"].after == (rm.Link(activity="p.a", type="SS", lag="50%"),)
    assert activities["q.a"].after == (rm.Link(activity="p.a", lag="uniform(1d 2d)"),)


def test_all_faults_are_told_at_once_each_with_its_cell(tmp_path: Path) -> None:
    activities = [("ID", "Duration", "Dration"), ("a", "soon", 1), ("b", 5, 1), ("b", 6, 1), (None, 7, 1)]
    risks = [("ID", "Probability"), ("r", 35), ("s", None)]
    impacts = [("Risk", "On", "Duration"), ("r", "b", "5d"), ("x", "b", "+ 5d")]
    found = faults(
        tmp_path, Program=[*GENERAL, ("Strat", 1)], Activities=activities, Risks=risks, Impacts=impacts, Risk=[("x",)]
    )
    told = "\n".join(found)
    assert "plan.xlsx:Activities!B2: duration.plan: 'soon' is not a quantity" in told
    assert "plan.xlsx:Activities!C1: unknown heading 'Dration'; did you mean 'Duration'?" in told
    assert "plan.xlsx:Activities!A4: b: is said twice; first in row 3" in told
    assert "plan.xlsx:Activities!5: ID: the row names no id" in told
    assert "plan.xlsx:Risks!B2: probability: must be between 0% and 100%, got 35; did you mean 35%?" in told
    assert "plan.xlsx:Risks!3: s: an open risk needs a `probability`" in told
    assert "plan.xlsx:Impacts!C2: duration: must begin with x (multiplies) or + (adds time)" in told
    assert "plan.xlsx:Impacts!3: Risk: unknown risk 'x'" in told
    assert "plan.xlsx:Program!B3: unknown word 'Strat'; did you mean 'Start'?" in told
    assert "plan.xlsx:Risk!1: unknown sheet 'Risk'; did you mean 'Risks'?" in told
    assert len(found) == 10


def test_faults_stand_in_the_order_of_the_rows(tmp_path: Path) -> None:
    rows = [("ID", "Duration"), *((f"a{number}", "soon") for number in range(2, 13))]
    cells = [fault.split(": ")[0] for fault in faults(tmp_path, Program=GENERAL, Activities=rows)]
    assert cells == [f"plan.xlsx:Activities!B{number}" for number in range(2, 13)]


def test_later_faults_of_a_list_keep_their_cells_when_earlier_ones_are_taken_out(tmp_path: Path) -> None:
    targets = [("Name", "At", "Finish"), ("x", None, "soon"), ("y", "nowhere", "2027-03-01")]
    found = faults(tmp_path, Program=GENERAL, Activities=CHAIN, Targets=targets)
    assert [fault.split(": ")[0] for fault in found] == ["plan.xlsx:Targets!B3", "plan.xlsx:Targets!C2"]


def test_messages_after_reading_name_file_and_cell(tmp_path: Path) -> None:
    program = read(tmp_path, Program=GENERAL, Activities=[*CHAIN, ("d", 1, "c"), ("e", 1, "d")])
    origin = origin_of(program)
    assert origin.where(("projects", "plan", "activities", "b", "duration")) == "plan.xlsx:Activities!B3"
    cyclic = read(tmp_path, Program=GENERAL, Activities=[*CHAIN[:2], ("x", 1, "y"), ("y", 1, "x")])
    with pytest.raises(rm.ProgramError, match=r"plan\.xlsx:Activities!\w+: "):
        rm.simulate(cyclic, iterations=10)


def test_formulas_without_a_stored_result_and_cells_with_errors_are_refused(tmp_path: Path) -> None:
    rows = [("ID", "Duration", "Cost"), ("a", "=1+1", "#REF!")]
    found = faults(tmp_path, Program=GENERAL, Activities=rows)
    assert found[0].startswith("plan.xlsx:Activities!B2: the cell holds a formula without a result: open the workbook")
    assert found[1] == "plan.xlsx:Activities!C2: the cell holds the error #REF!; put it right"


def test_the_stored_result_of_a_formula_counts_and_is_told(tmp_path: Path) -> None:
    file = book(tmp_path / "plan.xlsx", {"Program": GENERAL, "Activities": [("ID", "Duration"), ("a", "=2+3")]})
    with zipfile.ZipFile(file) as opened:
        sheet = opened.read("xl/worksheets/sheet2.xml")
    stored = sheet.replace(b"<v />", b"<v>5</v>").replace(b"<v></v>", b"<v>5</v>")
    program = rm.read(rezipped(file, {"xl/worksheets/sheet2.xml": stored}))
    assert program.activities()["plan.a"].duration == rm.Estimate(plan="5d")
    assert program.notes == (
        "formulas are not computed: what the spreadsheet stored as their results counts (Activities!B2)",
    )


def test_sheets_of_ones_own_are_noted(tmp_path: Path) -> None:
    program = read(tmp_path, Program=GENERAL, Activities=CHAIN, Budget_2027=[("x",)], Read_me=[("hello",)])
    assert program.notes == ("sheets of other names are not read (Budget 2027)",)


def test_a_workbook_lies_over_a_plan_and_a_plan_may_be_a_workbook(tmp_path: Path) -> None:
    book(tmp_path / "plan.xlsx", {"Program": GENERAL, "Activities": CHAIN})
    over = [("plan", "plan.xlsx"), ("start", "2027-01-04")]
    rows = [("ID", "Duration range"), ("b", "uniform(5d 15d)")]
    file = book(tmp_path / "over.xlsx", {"Program": over, "Activities": rows, "Assumptions": [("Text",), ("Dry",)]})
    activities = rm.read(file).activities()
    assert activities["plan.b"].after == (rm.Link(activity="a"),)
    assert activities["plan.b"].duration.range == rm.Estimate(range="uniform(5d 15d)").range
    (tmp_path / "over.yaml").write_text("program: X\nplan: plan.xlsx\n", encoding="utf-8")
    assert list(rm.read(tmp_path / "over.yaml").activities()) == ["plan.a", "plan.b", "plan.c"]
    (tmp_path / "twice.yaml").write_text("program: X\nplan: over.xlsx\n", encoding="utf-8")
    with pytest.raises(rm.InputError, match=r"over\.xlsx:Program!B1: plan: a plan below a plan is not read"):
        rm.read(tmp_path / "twice.yaml")


def test_strict_refuses_what_a_workbook_says_of_nothing(tmp_path: Path) -> None:
    ranges = [("On", "Duration", "Sizes"), ("z*", "uniform(90% 110%)", "own")]
    file = book(tmp_path / "plan.xlsx", {"Program": GENERAL, "Activities": CHAIN, "Ranges": ranges})
    assert rm.read(file).ranges
    with pytest.raises(rm.InputError, match=r"plan\.xlsx:Ranges!A2"):
        rm.read(file, strict=True)


def test_other_words_say_what_no_sheet_has_a_column_for(tmp_path: Path) -> None:
    other = [("Path", "Value"), ("scenarios.s.add.risks.r.probability", 0.1)]
    other += [("scenarios.s.add.risks.r.impacts", '[{"cost": "+ 5k"}]')]
    program = read(tmp_path, Program=GENERAL, Activities=CHAIN, Other_words=other)
    assert program.scenario("s").risks["r"].probability == 0.1
    assert faults(tmp_path, Program=GENERAL, Activities=CHAIN, Other_words=[*other[:1], ("[3]x", 1)]) == [
        "plan.xlsx:Other words!B2: '[3]x' is no path; write words with dots between them, as risks.soil.owner"
    ]


@pytest.mark.parametrize("name", ["plan.xls", "plan.ods"])
def test_other_spreadsheets_are_refused_with_the_way_out(name: str) -> None:
    with pytest.raises(rm.InputError, match=r"save it as \.xlsx, or the table of activities as \.csv"):
        rm.read(name)


def test_macros_and_links_to_other_files_are_left_alone(tmp_path: Path) -> None:
    file = book(tmp_path / "plan.xlsm", {"Program": GENERAL, "Activities": CHAIN})
    parts = {"xl/vbaProject.bin": b"\x00macro", "xl/externalLinks/externalLink1.xml": b"<!DOCTYPE x>not xml"}
    assert len(rm.read(rezipped(file, parts)).activities()) == 3


def test_a_workbook_of_its_own_is_written_and_read_without_a_note(tmp_path: Path) -> None:
    program = read(tmp_path, Program=GENERAL, Activities=CHAIN)
    workbook_writer.write(program, tmp_path / "again.xlsx")
    again = rm.read(tmp_path / "again.xlsx")
    assert again == program
    assert again.notes == ()
