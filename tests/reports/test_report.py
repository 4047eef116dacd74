"""A report goes to files whose endings say the format: all of them, or none."""

import pytest

import riskmc as rm
from committees import responding, small, trials_of
from riskmc.errors import ArgumentError
from riskmc.reports.report import FORMATS


@pytest.fixture(scope="module")
def trials():
    return trials_of(responding(), 300)


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_every_format_is_written_and_has_the_same_bytes_twice(ending, trials, tmp_path):
    files = [tmp_path / f"{name}{ending}" for name in ("one", "two")]
    for file in files:
        rm.report(trials, to=file)
    first, second = (file.read_bytes() for file in files)
    assert first == second
    assert len(first) > 1_000


def test_several_files_are_written_in_one_go(trials, tmp_path):
    files = [tmp_path / f"pack{ending}" for ending in (".html", ".md")]
    rm.report(trials, to=files)
    assert all("Pier" in file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize(
    "name, told",
    [
        ("pack.htm", "a report ends in .* got '.htm'; did you mean '.html'"),
        ("pack", "got no ending"),
        ("-", "a report goes to a file"),
        ("nowhere/pack.html", "there is no folder"),
    ],
)
def test_what_cannot_be_written_is_refused_before_any_work(name, told, trials, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArgumentError, match=told):
        rm.report(trials, to=["good.html", name])
    assert not list(tmp_path.iterdir())


def test_against_a_former_program_it_says_what_changed(trials, tmp_path):
    rm.report(trials, to=tmp_path / "pack.html", against=small(risks={}))
    page = (tmp_path / "pack.html").read_text(encoding="utf-8")
    assert "Since last time" in page
