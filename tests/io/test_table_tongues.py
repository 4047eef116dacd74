"""A bare table in German, French or Spanish says what the same table says in English; the list of words is closed."""

from __future__ import annotations

from pathlib import Path

import pytest

import riskmc as rm
from riskmc.io.sheets import tongues
from riskmc.io.sheets.links import link_of, time_text, with_points
from riskmc.io.table.dates import date_text
from riskmc.io.table.headings import ROLES, constraint, role

DATA = Path(__file__).parents[1] / "data" / "tables"


def stored(language: str) -> str:
    return (DATA / f"{language}.csv").read_text(encoding="utf-8")


def table(folder: Path, text: str) -> rm.Program:
    (folder / "plan.csv").write_text(text, encoding="utf-8")
    return rm.read(folder / "plan.csv")


@pytest.mark.parametrize("language", ["german", "french", "spanish"])
def test_a_table_of_microsoft_project_in_another_language_is_the_english_one(language: str, tmp_path: Path) -> None:
    program = table(tmp_path, stored(language))
    assert program == table(tmp_path, stored("english"))
    assert program.activities()["plan.3"].after == (
        rm.Link(activity="1", lag="2.5d"), rm.Link(activity="2", type="FF", lag="-1d"),
    )  # fmt: skip
    assert str(program.activities()["plan.4"].duration.plan) == str(rm.Estimate(plan="3ed").plan)
    assert not any("not read" in note for note in program.notes)


def test_umlauts_may_be_two_letters_and_accents_left_out(tmp_path: Path) -> None:
    for language, old, new in (("german", "Vorgänger", "Vorgaenger"), ("french", "Durée;", "Duree;")):
        assert table(tmp_path, stored(language).replace(old, new)) == table(tmp_path, stored("english"))


def test_accents_that_stand_apart_from_their_letter_are_the_same() -> None:
    assert role("Vorga\u0308nger") == role("Vorgänger") == "predecessors"


def test_links_may_stand_with_the_successor_alone(tmp_path: Path) -> None:
    rows = "1;3d;2EA+1 Tag\n2;5d;\n"
    by_successors = table(tmp_path, f"Nr.;Dauer;Nachfolger\n{rows}")
    assert by_successors.activities()["plan.2"].after == (rm.Link(activity="1", lag="1d"),)
    both = table(tmp_path, "Nr.;Dauer;Nachfolger;Vorgänger\n1;3d;2;\n2;5d;;1AA\n")
    assert both.activities()["plan.2"].after == (rm.Link(activity="1", type="SS"),)
    assert any("not read (Nachfolger)" in note for note in both.notes)


def test_no_word_means_two_things() -> None:
    for role_of_heading, names in tongues.HEADINGS.items():
        assert role_of_heading in ROLES
        assert {role(name) for name in names} == {role_of_heading}, role_of_heading
    units = [unit for names in tongues.UNITS.values() for unit in names]
    letters = [letter for names in tongues.LINKS.values() for letter in names]
    assert len({*units}) == len(units)
    assert len({*letters, "FS", "SS", "FF", "SF"}) == len(letters) + 4


def test_letters_of_a_link_are_no_part_of_a_code_that_is_known() -> None:
    assert link_of("12AA", {"12AA", "12"}.__contains__) == {"activity": "12AA"}
    assert link_of("12AA", {"12"}.__contains__) == {"activity": "12", "type": "SS"}


def test_a_comma_in_a_lag_is_one_of_a_number_only_before_a_unit() -> None:
    assert with_points("1EA+2,5 Tage,2") == "1EA+2.5 Tage,2"
    assert with_points("1FS-2,4FF") == "1FS-2,4FF"


@pytest.mark.parametrize(
    ("text", "said"),
    [("5 fTage", "5ed"), ("1 fStd.", "1eh"), ("2 Mon", "40d"), ("2 Monate", "2mo"), ("30 Min.", "30min"),
     ("5 Ballen", "5 Ballen")],
)  # fmt: skip
def test_a_time_has_the_unit_of_its_language(text: str, said: str) -> None:
    assert time_text(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("Do 04. März 2027", "2027-03-04"), ("5 juin 2027", "2027-06-05"), ("5 juillet 2027 08:00", "2027-07-05T08:00"),
     ("5 dic 2027", "2027-12-05"), ("5 Ballen 2027", None)],
)  # fmt: skip
def test_a_month_has_the_name_of_its_language(text: str, said: str | None) -> None:
    assert date_text(text, None) == said


def test_a_constraint_of_no_language_stays_as_it_is_and_is_refused(tmp_path: Path) -> None:
    assert constraint("Muss anfangen am") == "must start on"
    with pytest.raises(rm.InputError, match="unknown constraint 'muss bald'; known: must start on, "):
        table(tmp_path, "Nr.;Dauer;Einschränkungsart\n1;3d;Muss bald\n")


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Nr.;Dauer;Vorgaengr", "plan.csv:1: unknown heading 'Vorgaengr'; did you mean 'Vorgaenger'? A column of"),
        ("ID,Duration,Predecesors", "unknown heading 'Predecesors'; did you mean 'Predecessors'?"),
        ("Nr.;Vorgang;Dauuer", "no durations: expected a column Duration, or Low and High, found Nr., Vorgang, Dauuer; "
         "'Dauuer': did you mean 'Dauer'?"),
        ("Taak;Duur;Vorgänger", "found Taak, Duur, Vorgänger"),
    ],
)  # fmt: skip
def test_a_heading_that_is_nearly_a_usual_one_is_refused_with_it(head: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(rm.InputError) as caught:
        table(tmp_path, f"{head}\n1{';' if ';' in head else ','}3d\n")
    assert said in str(caught.value)


def test_a_column_of_ones_own_is_noted(tmp_path: Path) -> None:
    program = table(tmp_path, "ID,Duration,Duration1,Resume,Status Date,(Predecesors)\n1,3d,4d,x,y,z\n")
    assert any(
        "columns of the table that are not read (4 in all: Duration1, Resume, Status Date, ...)" in note
        for note in program.notes
    )
