"""Results in a copy of a plan: fields of their own, every other byte as it was, and the same program read back."""

from datetime import datetime

import pytest

import riskmc as rm
from riskmc.errors import ArgumentError, InputError
from riskmc.io.mspdi import results as mspdi_results
from riskmc.io.plan_results import with_results
from riskmc.io.pmxml import results as pmxml_results
from riskmc.io.results import FIELDS, Result
from riskmc.io.xer import reader as xer
from riskmc.io.xer import results as xer_results
from riskmc.io.xer.tables import tables
from riskmc.io.xml_source import document
from xer_plans import DATA, REAL

AT = Result(datetime(2027, 3, 1, 17), datetime(2027, 3, 8, 17), 0.256)
PLAIN = DATA / "plain.xer"
XML = DATA.parent / "pmxml" / "plain.xml"
PROJECT = (
    '<Project xmlns="http://schemas.microsoft.com/project">{definitions}<Tasks>'
    "<Task><UID>1</UID><ID>1</ID><Name>caf\u00e9 &amp; co</Name><Duration>PT8H0M0S</Duration>"
    "<Start>2027-01-04T08:00:00</Start>{own}<Baseline><Number>0</Number></Baseline></Task>"
    "</Tasks></Project>"
)


def rows(content, name):
    found = tables(content, "x.xer")[1][name]
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def without(content, *marks):
    """Return the lines of a file that hold none of the marks."""
    return [line for line in content.splitlines(keepends=True) if not any(mark in line for mark in marks)]


def test_an_xer_file_gains_fields_and_loses_no_byte():
    before = PLAIN.read_bytes()
    paths = list(xer.read(PLAIN).activities())
    after = with_results(PLAIN, dict.fromkeys(paths, AT))
    assert [row["udf_type_label"] for row in rows(after, "UDFTYPE")] == [
        "riskmc P50 finish", "riskmc P80 finish", "riskmc criticality %",
    ]  # fmt: skip
    values = rows(after, "UDFVALUE")
    assert len(values) == 3 * len(paths)
    assert [(row["udf_date"], row["udf_number"]) for row in values[:3]] == [
        ("2027-03-01 17:00", ""), ("2027-03-08 17:00", ""), ("", "25.6"),
    ]  # fmt: skip
    kept = after.replace(added(after, b"UDFTYPE"), b"").replace(added(after, b"UDFVALUE"), b"")
    assert kept == before


def added(content, name):
    """Return the bytes of one table, from its heading to the next."""
    start = content.index(b"%T\t" + name)
    end = min(at for mark in (b"%T\t", b"%E") if (at := content.find(mark, start + 3)) > 0)
    return content[start:end]


def test_fields_and_values_that_a_file_has_stay_and_a_second_forecast_replaces_the_first():
    content = (
        b"ERMHDR\t8.4\r\n%T\tUDFTYPE\r\n%F\ttable_name\tudf_type_id\tudf_type_label\r\n%R\tTASK\t7\tCaf\xe9\r\n"
        b"%T\tUDFVALUE\r\n%F\tudf_type_id\tfk_id\tproj_id\tudf_text\tudf_date\tudf_number\r\n"
        b"%R\t7\t1\t9\told\t\t\r\n%E\r\n"
    )
    ids = {"p.a": ("1", "9")}
    first = xer_results.with_results(content, ids, {"p.a": AT})
    assert b"Caf\xe9" in first
    assert b"%R\t7\t1\t9\told\t\t\r\n" in first
    assert [row["udf_type_id"] for row in rows(first, "UDFTYPE")] == ["7", "8", "9", "10"]
    later = AT._replace(criticality=1.0)
    second = xer_results.with_results(first, ids, {"p.a": later})
    assert second == xer_results.with_results(content, ids, {"p.a": later})
    assert without(second, b"100") == without(first, b"25.6")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-16"])
def test_encoding_and_line_ends_of_an_xer_file_stay(encoding, end):
    content = end.join(["ERMHDR\t8.4", "%T\tPROJECT", "%F\tproj_id", "%R\tCaf\u00e9", "%E", ""]).encode(encoding)
    after = xer_results.with_results(content, {"p.a": ("1", "9")}, {"p.a": AT})
    text = after.decode(encoding)
    assert "Caf\u00e9" in text
    assert text.count(end) > 10
    assert all(line in text.split(end) for line in content.decode(encoding).split(end))


@pytest.mark.parametrize(
    "definitions",
    ["", "<ExtendedAttributes/>", "<ExtendedAttributes><ExtendedAttribute><FieldID>188743945</FieldID>"
     "<Alias>Mine</Alias></ExtendedAttribute></ExtendedAttributes>"],
    ids=["none", "empty", "one"],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_project_file_gains_custom_fields_that_are_free(definitions, encoding):
    content = PROJECT.format(definitions=definitions, own="").encode(encoding)
    text = mspdi_results.with_results(content, {"p.1": "1"}, {"p.1": AT}).decode(encoding)
    number = 188743946 if "Mine" in definitions else 188743945
    assert f"<FieldID>{number}</FieldID><FieldName>Date" in text
    assert "<Alias>riskmc P50 finish</Alias>" in text
    assert f"<FieldID>{number}</FieldID><Value>2027-03-01T17:00:00</Value>" in text
    assert text.count("<ExtendedAttributes>") == 1
    assert text.index("25.6") < text.index("<Baseline>")


def test_a_second_forecast_replaces_the_first_in_a_project_file():
    content = PROJECT.format(definitions="", own="").encode()
    first = mspdi_results.with_results(content, {"p.1": "1"}, {"p.1": AT})
    assert mspdi_results.with_results(first, {"p.1": "1"}, {"p.1": AT}) == first


def test_a_project_file_whose_date_fields_are_all_taken_is_refused():
    own = "".join(f"<ExtendedAttribute><FieldID>{188743945 + n}</FieldID></ExtendedAttribute>" for n in range(10))
    content = PROJECT.format(definitions="", own=own).encode()
    with pytest.raises(ArgumentError, match="no free Date field"):
        mspdi_results.with_results(content, {"p.1": "1"}, {"p.1": AT})


P6 = (
    '<?xml version="1.0" encoding="{encoding}"?>'
    '<APIBusinessObjects xmlns="http://xmlns.oracle.com/Primavera/P6/V25.12/API/BusinessObjects">'
    "<Currency><Id>EUR</Id></Currency>{types}<OBS><Name>caf\u00e9 &amp; co</Name></OBS>"
    "<BaselineProject><Activity><ObjectId>1</ObjectId></Activity></BaselineProject>"
    "<Project><Id>P</Id><Activity><Name>A</Name><ObjectId>1</ObjectId>"
    "<Code><TypeObjectId>9</TypeObjectId></Code>{own}<Spread/></Activity>"
    "<Activity><ObjectId>2</ObjectId></Activity></Project></APIBusinessObjects>"
)
MINE = (
    "<UDFType><DataType>Text</DataType><ObjectId>41</ObjectId>"
    "<SubjectArea>Activity</SubjectArea><Title>Mine</Title></UDFType>"
)
SAID = "<UDF><TypeObjectId>41</TypeObjectId><TextValue>kept</TextValue></UDF>"


@pytest.mark.parametrize(("types", "own", "first"), [("", "", 1), (MINE, SAID, 42)], ids=["none", "one"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_of_p6_in_xml_gains_fields_where_its_schema_has_them_and_loses_no_byte(types, own, first, encoding):
    before = P6.format(encoding=encoding, types=types, own=own)
    after = pmxml_results.with_results(before.encode(encoding), {"P.A": "1"}, {"P.A": AT}).decode(encoding)
    kinds = ("Finish Date", "Finish Date", "Double")
    new_types = "".join(
        f"<UDFType><DataType>{kind}</DataType><ObjectId>{number}</ObjectId>"
        f"<SubjectArea>Activity</SubjectArea><Title>{one.title}</Title></UDFType>"
        for number, (kind, one) in enumerate(zip(kinds, FIELDS, strict=True), start=first)
    )
    values = ("<FinishDateValue>2027-03-01T17:00:00</FinishDateValue>",
              "<FinishDateValue>2027-03-08T17:00:00</FinishDateValue>", "<DoubleValue>25.6</DoubleValue>")  # fmt: skip
    new_values = "".join(
        f"<UDF><TypeObjectId>{number}</TypeObjectId>{value}</UDF>" for number, value in enumerate(values, start=first)
    )
    assert f"{types}{new_types}<OBS>" in after
    assert f"</Code>{own}{new_values}<Spread/>" in after
    assert after.replace(new_types, "").replace(new_values, "") == before


def test_a_second_forecast_replaces_the_first_in_a_file_of_p6_in_xml():
    content = P6.format(encoding="utf-8", types=MINE, own=SAID).encode()
    first = pmxml_results.with_results(content, {"P.A": "1"}, {"P.A": AT})
    later = AT._replace(criticality=1.0, p50=None)
    second = pmxml_results.with_results(first, {"P.A": "1"}, {"P.A": later})
    assert second == pmxml_results.with_results(content, {"P.A": "1"}, {"P.A": later})
    assert b"2027-03-01" not in second
    assert SAID.encode() in second


def test_every_activity_of_a_file_of_p6_in_xml_is_found_by_its_path(tmp_path):
    program = rm.read(XML)
    results = {path: AT._replace(criticality=n / 100) for n, path in enumerate(program.activities())}
    copy = tmp_path / "copy.xml"
    copy.write_bytes(with_results(XML, results))
    assert rm.read(copy) == program
    rows = document(copy).root.iterfind("Project/Activity")
    said = {f"{row.findtext('Id')}": row.findtext("UDF[last()]/DoubleValue") for row in rows}
    assert said.pop("SUM") is None  # a summary of the WBS, which is no activity
    assert said == {path.partition(".")[2]: str(n) for n, path in enumerate(results)}


@pytest.mark.parametrize(
    "name",
    [
        "xer/week2.xer",
        "pmxml/week2.xml",
        "pmxml/airport.xml",
        "mspdi/software-development.xml",
        "mspdi/task-links-2016.xml",
    ],
)
def test_the_copy_of_a_real_plan_reads_as_the_same_program(name, tmp_path):
    plan = REAL.parent / name
    if not plan.exists():
        pytest.skip(f"the real plan {name} is not beside the project (../shared/data)")
    program = rm.read(plan)
    copy = tmp_path / plan.name
    copy.write_bytes(with_results(plan, dict.fromkeys(program.activities(), AT)))
    assert copy.stat().st_size > plan.stat().st_size
    assert rm.read(copy) == program


def test_results_go_into_plans_of_two_tools_only(tmp_path):
    with pytest.raises(ArgumentError, match=r"Primavera P6 \(.xer, .xml\) or Microsoft Project"):
        with_results(tmp_path / "plan.csv", {})
    with pytest.raises(InputError, match="cannot be read"):
        with_results(tmp_path / "missing.xer", {})
