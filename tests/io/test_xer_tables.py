"""XER text -> tables: what is tolerated, and what is refused with file and line."""

import pytest

from riskmc.errors import InputError
from riskmc.io.xer.tables import decode, tables

PLAIN = b"ERMHDR\t8.4\n%T\tA\n%F\tx\ty\n%R\t1\t2\n%R\t3\t4\n%E\n"


def rows(content: bytes, *columns: str):
    return [row[1:] for row in tables(content, "plan.xer")[1]["A"].select(*columns)]


def refusal(content: bytes) -> str:
    with pytest.raises(InputError) as raised:
        tables(content, "plan.xer")
    return str(raised.value)


def test_rows_are_read_by_column_name_in_any_order():
    assert rows(PLAIN, "y", "x") == [("2", "1"), ("4", "3")]


def test_every_row_knows_its_line():
    assert [row[0] for row in tables(PLAIN, "plan.xer")[1]["A"].select("x")] == ["4", "5"]


def test_the_header_is_returned_field_by_field():
    assert tables(PLAIN, "plan.xer")[0] == ("ERMHDR", "8.4")


def test_a_missing_column_is_empty_text():
    assert rows(PLAIN, "x", "z") == [("1", ""), ("3", "")]


def test_a_short_row_is_filled_with_empty_text():
    assert rows(PLAIN.replace(b"%R\t3\t4", b"%R\t3"), "x", "y") == [("1", "2"), ("3", "")]


def test_a_row_longer_than_its_columns_loses_what_has_no_name():
    assert rows(PLAIN.replace(b"%R\t3\t4", b"%R\t3\t4\t5"), "x", "y") == [("1", "2"), ("3", "4")]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_kind_of_line_end_is_read(end):
    assert rows(PLAIN.replace(b"\n", end), "x", "y") == [("1", "2"), ("3", "4")]


def test_mixed_line_ends_are_read():
    assert rows(PLAIN.replace(b"%R\t1\t2\n", b"%R\t1\t2\r\n"), "x", "y") == [("1", "2"), ("3", "4")]


def test_a_text_broken_over_lines_belongs_to_the_field_it_began_in():
    broken = PLAIN.replace(b"%R\t1\t2\n", b"%R\tone\nand a half\t2\n")
    assert rows(broken, "x", "y") == [("one\nand a half", "2"), ("3", "4")]


def test_tables_nobody_asked_for_do_no_harm():
    assert rows(PLAIN.replace(b"%T\tA\n", b"%T\tODD\n%F\tq\n%R\t9\n%T\tA\n"), "x") == [("1",), ("3",)]


def test_a_table_that_comes_twice_is_one_table():
    again = PLAIN.replace(b"%E", b"%T\tA\n%F\ty\tx\n%R\t6\t5\n%E")
    assert rows(again, "x", "y") == [("1", "2"), ("3", "4"), ("5", "6")]


def test_a_column_named_twice_in_a_later_heading_counts_where_it_stands_first():
    again = PLAIN.replace(b"%E", b"%T\tA\n%F\tx\tx\ty\n%R\t5\t9\t6\n%E")
    assert rows(again, "x", "y") == [("1", "2"), ("3", "4"), ("5", "6")]


@pytest.mark.parametrize(
    "content, text",
    [
        ("é".encode(), "é"),
        ("é".encode("cp1252"), "é"),
        (b"\x81\xe9", "\x81é"),
        (b"\xef\xbb\xbfERMHDR", "ERMHDR"),
        ("ERMHDR é".encode("utf-16"), "ERMHDR é"),
    ],
    ids=["utf-8", "cp1252", "latin-1", "utf-8 with a mark", "utf-16 with a mark"],
)
def test_decoding_never_fails(content, text):
    assert decode(content) == text


def test_an_empty_file_is_refused():
    assert (
        refusal(b"\r\n \n")
        == "plan.xer: the file is empty; expected a Primavera P6 XER export, which begins with ERMHDR"
    )


def test_another_kind_of_file_is_refused_with_what_was_found():
    expected = "plan.xer:2: not a Primavera P6 XER file: expected the line to begin with ERMHDR, found "
    assert refusal(b"\n<Project>\n") == f"{expected}'<Project>'; name an XML export .xml"
    assert refusal(b"hello\n") == f"{expected.replace(':2', ':1')}'hello'"


def test_a_binary_file_is_refused_without_printing_it():
    assert refusal(b"\x00\x01\x02\x03").endswith("found 'bytes that are not text'")


def test_a_file_without_its_end_mark_is_refused_as_truncated():
    message = refusal(PLAIN.replace(b"%E\n", b""))
    assert message.startswith(
        "plan.xer:6: the file ends inside the table A without the end mark %E, so it is truncated"
    )


def test_a_row_before_its_columns_is_refused_at_its_line():
    assert refusal(b"ERMHDR\n%T\tA\n%R\t1\n%E\n").startswith("plan.xer:3: a row (%R) before the columns (%F)")
