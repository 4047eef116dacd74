"""A result file is written whole or not at all."""

import os

import pytest

from riskmc.errors import ArgumentError
from riskmc.reports.destination import check_destination, check_folder, write_whole


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path):
    where = tmp_path / "record.json"
    where.write_text("old")
    write_whole("n€w\n", str(where))
    assert where.read_bytes() == "n€w\n".encode()
    assert os.listdir(tmp_path) == ["record.json"]


def test_a_failing_write_leaves_the_old_file(tmp_path, monkeypatch):
    where = tmp_path / "record.json"
    where.write_text("old")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(ArgumentError, match=r"cannot write .*: No space left"):
        write_whole("new", str(where))
    assert where.read_text() == "old"
    assert os.listdir(tmp_path) == ["record.json"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "record.json").write_text("old")
    (tmp_path / "link.json").symlink_to(tmp_path / "record.json")
    write_whole("new", str(tmp_path / "link.json"))
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "record.json").read_text() == "new"


def test_a_file_that_is_read_is_not_written_over_under_any_name(tmp_path):
    plan, other = tmp_path / "plan.xer", tmp_path / "other.json"
    plan.write_text("old")
    (tmp_path / "link").symlink_to(plan)
    for where in (plan, tmp_path / "link", tmp_path / ".." / tmp_path.name / "plan.xer"):
        with pytest.raises(ArgumentError, match=r"cannot write .*: it is the file that is read; name another one"):
            check_destination(str(where), None, str(plan))
    check_destination(str(other), None, str(plan), str(other))


def test_a_minus_is_standard_output(capfdbinary):
    write_whole("n€w\n", "-")
    assert capfdbinary.readouterr().out == "n€w\n".encode()
    check_destination("-")


def test_what_cannot_be_written_is_known_before_any_work(tmp_path):
    with pytest.raises(ArgumentError, match="it is a folder"):
        check_destination(str(tmp_path))
    with pytest.raises(ArgumentError, match="there is no folder"):
        check_destination(str(tmp_path / "no" / "record.json"))
    check_destination(str(tmp_path / "record.json"))


def test_a_folder_that_could_not_be_made_is_known_before_any_work(tmp_path):
    (tmp_path / "file").write_text("old")
    with pytest.raises(ArgumentError, match="it is a file; name a folder"):
        check_folder(str(tmp_path / "file"))
    with pytest.raises(ArgumentError, match="there is no folder"):
        check_folder(str(tmp_path / "no" / "pictures"))
    check_folder(str(tmp_path))
    check_folder(str(tmp_path / "pictures"))
    assert os.listdir(tmp_path) == ["file"]
