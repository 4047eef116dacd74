"""Numbers that a comma breaks inside YAML's braces are met with an explanation, once."""

from pathlib import Path

import pytest

import riskmc
from riskmc.errors import InputError
from riskmc.io.yaml_source import source

HINT = "inside YAML's own braces a comma belongs to YAML: write 1200 for 1,200 and 0.2 for 0,2"


def told(folder: Path, line: str) -> list[str]:
    file = folder / "a.yaml"
    file.write_text(f"program: X\nrisks:\n  r: {line}\n", encoding="utf-8")
    found = source(file)
    assert all(place[-1] in ("cost", "probability") for place in found.taken_out)
    return [str(problem).removeprefix(f"{file}:") for problem in found.problems]


@pytest.mark.parametrize(
    "line, found",
    [
        ("{cost: 1,200}", "3: risks.r.cost: '1,200' is broken off"),
        ("{cost: 1,200,000, name: a}", "3: risks.r.cost: '1,200' is broken off"),
        ("{probability: 0,2, name: a}", "3: risks.r.probability: '0,2' is broken off"),
        ("{name: a, cost: 12,5k}", "3: risks.r.cost: '12,5k' is broken off"),
    ],
)
def test_a_number_broken_by_its_comma_is_one_fault_with_the_way_out(tmp_path, line, found):
    (only,) = told(tmp_path, line)
    assert only.startswith(found)
    assert HINT in only


@pytest.mark.parametrize("line", ['{cost: "1,200"}', "{cost: 1, name: 200}", "{2027: 90M, 2028: 140M}", "[1, 200]"])
def test_what_is_whole_is_left_alone(tmp_path, line):
    assert told(tmp_path, line) == []


def test_the_rest_of_the_file_is_still_checked(tmp_path):
    file = tmp_path / "a.yaml"
    work = "{k: {activities: {a: {duration: 5d, cost: 1,200,000}}}}"
    file.write_text(f"program: X\nstart: soon\nprojects: {work}\n", encoding="utf-8")

    with pytest.raises(InputError) as error:
        riskmc.read(file)
    assert len(error.value.problems) == 2
