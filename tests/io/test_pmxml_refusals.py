"""P6's XML that cannot be read as a program: file, line, what was expected; never a traceback, in bounded time."""

import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import riskmc as rm
from mutated import mutations
from pmxml_plans import DATA, changed, read_text, text
from riskmc.errors import InputError, RiskmcError
from riskmc.io.pmxml import reader as pmxml
from riskmc.network.compiling import Settings, compile_network


def refusal(tmp_path, content: str | bytes) -> list[str]:
    file = tmp_path / "plan.xml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as raised:
        pmxml.read(file)
    return [str(problem).removeprefix(f"{file}") for problem in raised.value.problems]


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read: No such file"):
        pmxml.read(tmp_path / "absent.xml")


def test_another_root_element_is_refused(tmp_path):
    assert refusal(tmp_path, "<Project/>") == [":1: expected the root element APIBusinessObjects, found 'Project'"]


@pytest.mark.parametrize("content", ["<APIBusinessObjects/>", "<APIBusinessObjects><Project/></APIBusinessObjects>"])
def test_a_file_without_activities_is_refused(tmp_path, content):
    assert refusal(tmp_path, content) == [": no activities: expected a Project with at least one Activity, found none"]


def test_a_file_of_baselines_alone_is_refused(tmp_path):
    alone = "<APIBusinessObjects><BaselineProject><Activity/></BaselineProject></APIBusinessObjects>"
    assert refusal(tmp_path, alone)[0].endswith("found none (its baselines alone are no plan)")


def test_a_truncated_file_is_refused_with_the_line_where_it_ends(tmp_path):
    [problem] = refusal(tmp_path, text("plain")[:4000])
    assert problem.startswith(f":{text('plain')[:4000].count(chr(10)) + 1}: is no sound XML: ")


@pytest.mark.parametrize(
    "old, new, message",
    [
        (
            "<Type>Start to Start</Type>",
            "<Type>Start to Middle</Type>",
            "Relationship Type: expected one of Finish to start, Start to start, Finish to finish, Start to finish, "
            "found 'Start to Middle'",
        ),
        ("<Lag>20.5</Lag>", "<Lag>two</Lag>", "Relationship Lag: expected a number, found 'two'"),
        ("2027-01-04T00:00:00</DataDate>", "someday</DataDate>", "Project BRIDGE DataDate: expected a date like"),
        ("<Type>WBS Summary</Type>", "<Type>Sum</Type>", "Activity Type: expected one of Task dependent, "),
        (
            "<RemainingDuration>20.5</RemainingDuration>",
            "<RemainingDuration>-8</RemainingDuration>",
            "Activity C RemainingDuration: expected hours of 0 or more, found -8",
        ),
        ("<HoursPerDay>8<", "<HoursPerDay>eight<", "Calendar Office HoursPerDay: expected a number, found 'eight'"),
        (
            "<Finish>11:59:00<",
            "<Finish>noon<",
            "Calendar Office WorkTime: expected a time like 08:00:00, found 'noon'",
        ),
        ("<DayOfWeek>Friday<", "<DayOfWeek>Freitag<", "StandardWorkHours DayOfWeek: expected Monday to Sunday"),
        ("<Date>2027-01-01T", "<Date>2027-13-01T", "HolidayOrException Date: expected a date like 2027-12-24T00:00:00"),
        (
            "<ObjectId>4</ObjectId>\n      <PlannedDuration>8<",
            "<ObjectId>3</ObjectId>\n      <PlannedDuration>8<",
            "Activity D ObjectId: expected a new number, found 3 again",
        ),
    ],
)
def test_fields_that_make_no_sense_are_refused_by_name_and_line(tmp_path, old, new, message):
    content = changed(old, new)
    problems = refusal(tmp_path, content)
    assert any(message in problem for problem in problems)
    assert all(1 < int(problem.split(":")[1]) <= content[: content.index(new)].count("\n") + 1 for problem in problems)


def test_the_line_of_a_fault_is_that_of_its_element(tmp_path):
    content = changed("<Lag>20.5</Lag>", "<Lag>two</Lag>")
    [problem] = refusal(tmp_path, content)
    assert content.splitlines()[int(problem.split(":")[1]) - 1].strip() == "<Relationship>"
    assert content.splitlines()[int(problem.split(":")[1])].strip() == "<Lag>two</Lag>"


def test_all_faults_are_told_at_once(tmp_path):
    content = changed("<Lag>20.5</Lag>", "<Lag>two</Lag>").replace("<HoursPerDay>8<", "<HoursPerDay>x<")
    assert len(refusal(tmp_path, content)) == 2


def test_a_project_without_any_date_is_refused_in_the_words_of_the_file(tmp_path):
    bare = "<APIBusinessObjects><Project><Activity><Id>A</Id></Activity></Project></APIBusinessObjects>"
    [problem] = refusal(tmp_path, bare)
    assert "expected a planned start (PlannedStartDate) or a data date (DataDate), found none" in problem


ENTITY_BOMB = '<!DOCTYPE a [<!ENTITY b "&#38;c;&#38;c;"><!ENTITY c "ha">]><APIBusinessObjects>&b;</APIBusinessObjects>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><APIBusinessObjects>&b;</APIBusinessObjects>'


@pytest.mark.parametrize("content", [ENTITY_BOMB, OUTSIDE, ENTITY_BOMB.encode("utf-16")])
def test_entities_are_refused(tmp_path, content):
    assert "document type or entities" in refusal(tmp_path, content)[0]


def test_an_xer_file_under_the_name_of_an_xml_one_is_told_its_name(tmp_path):
    told = "is no sound XML: it begins as a Primavera P6 export (XER) does; name it .xer"
    assert refusal(tmp_path, b"ERMHDR\t6.0\n%T\tTASK\n")[0].endswith(told)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 100, b"PK\x03\x04" + bytes(300), b"\xff" * 300])
def test_binary_files_are_refused(tmp_path, content):
    assert "is no sound XML" in refusal(tmp_path, content)[0]


def test_an_encoding_that_is_not_the_one_it_says_is_refused_with_its_line(tmp_path):
    [problem] = refusal(tmp_path, text("plain").replace("Work B<", "Bétonnage<").encode("latin-1"))
    assert "is no sound XML: not well-formed" in problem


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_dates_at_the_ends_of_time_are_refused_by_name_and_line(tmp_path, year):
    far = changed("<DataDate>2027", f"<DataDate>{year}").replace("<PlannedStartDate>2027", f"<PlannedStartDate>{year}")
    problems = refusal(tmp_path, far)
    assert any("Project BRIDGE DataDate: expected a date from 1900 to 2199, found" in problem for problem in problems)


def test_circular_links_are_refused_by_the_compile_step_with_the_line_of_the_activity(tmp_path):
    circular = changed("<PredecessorActivityObjectId>5<", "<PredecessorActivityObjectId>3<")
    program = read_text(tmp_path, circular)
    with pytest.raises(RiskmcError, match="its links lead back to itself") as raised:
        rm.simulate(program, iterations=1)
    place = str(raised.value).removeprefix(f"{tmp_path}/")
    line = circular[: circular.index("<Id>A 10.2</Id>")].rindex("<Activity>")
    assert place.startswith(f"plan.xml:{circular[:line].count(chr(10)) + 1}: BRIDGE.A 10.2: ")


def test_a_file_that_is_gone_gives_no_lines_and_no_fault_of_its_own(tmp_path):
    program = read_text(tmp_path, changed("<PredecessorActivityObjectId>5<", "<PredecessorActivityObjectId>3<"))
    (tmp_path / "plan.xml").unlink()
    with pytest.raises(RiskmcError, match=r"plan\.xml: |^BRIDGE"):
        rm.simulate(program, iterations=1)


def test_a_calendar_without_working_time_is_refused_by_the_compile_step(tmp_path):
    found = text("plain")
    never = found[: found.index("<StandardWorkHours>")] + (
        "<StandardWorkHours><DayOfWeek>Monday</DayOfWeek></StandardWorkHours>\n"
        + found[found.index("    </StandardWorkWeek>") : found.index("<HolidayOrExceptions>")]
        + found[found.index("</HolidayOrExceptions>") + 22 :]
    )
    with pytest.raises(RiskmcError, match="Office"):
        compile_network(read_text(tmp_path, never), Settings())


def test_a_name_of_ten_million_letters_is_read_in_bounded_time(tmp_path):
    begun = time.process_time()
    program = read_text(tmp_path, changed("<Name>Work B<", f"<Name>{'x' * 10_000_000}<"))
    assert len(program.projects["BRIDGE"].activities["B"].name) == 10_000_000
    assert time.process_time() - begun < 10


def test_elements_a_hundred_thousand_deep_are_read_or_refused(tmp_path):
    deep = "<a>" * 100_000 + "</a>" * 100_000
    assert read_text(tmp_path, changed("<WBS>", f"{deep}<WBS>")).activities()


@pytest.mark.parametrize("name", ["plain", "works"])
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_files_out_of_order_are_read_or_refused_by_riskmc_alone(tmp_path, name, data):
    file = tmp_path / "fuzzed.xml"
    file.write_bytes(data.draw(mutations((DATA / f"{name}.xml").read_bytes())))
    with suppress(RiskmcError):
        compile_network(pmxml.read(file), Settings())
