"""`riskmc register` and `--register`: what is drawn and left out is printed, written as JSON, and in every answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import riskmc.cli
from books import book, plan

ROWS = [
    ["ID", "Risk", "Status", "Likelihood", "Delay (d)", "Cost", "Response", "Target likelihood", "Activities"],
    ["R1", "Water", "Open", "H", "5-20", 1000, "Drain it", "L", "dig, wall"],
    ["R2", "Strike", "Retired", "H", 5, None, None, None, "dig"],
    ["R3", "Storm", "Open", "H", 5, None, None, None, "roof9"],
]


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: object) -> tuple[Any, str, str]:
    monkeypatch.setattr("sys.argv", ["riskmc", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        riskmc.cli.main()
    printed = capsys.readouterr()
    return ended.value.code, printed.out, printed.err


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return book(tmp_path / "risks.xlsx", {"Risks": ROWS})


def test_the_register_is_printed_with_its_values_and_what_is_left_out(
    register: Path, tmp_path: Path, capsys: Any, monkeypatch: Any
) -> None:
    code, told, _ = run(capsys, monkeypatch, "register", register, "--plan", plan(tmp_path))
    assert code == 0
    lines = told.splitlines()
    assert lines[0] == "1 of 3 risks of risks.xlsx (sheet Risks) are drawn."
    rows = {line.split("  ")[0]: line.split() for line in lines if line.startswith("R")}
    assert rows["R1 Water"][2:] == ["60%", "+", "5d", "-", "20d", "+", "1k", "dig,", "wall", "once"]
    assert rows["R2 Strike"][2:] == ["closed", "(Retired)"]
    assert " ".join(rows["R3 Storm"][2:]) == "mapped to nothing in the plan (roof9)"
    assert "D1" in told
    assert max(map(len, lines)) <= 80


def test_json_has_every_row_with_its_values_and_reason(
    register: Path, tmp_path: Path, capsys: Any, monkeypatch: Any
) -> None:
    out = tmp_path / "out.json"
    code, told, _ = run(capsys, monkeypatch, "register", register, "--plan", plan(tmp_path), "--json", out, "--quiet")
    assert (code, told) == (0, "")
    record = json.loads(out.read_text(encoding="utf-8"))
    assert [(one["id"], one["row"], one["drawn"]) for one in record["risks"]] == [
        ("R1", 2, True), ("R2", 3, False), ("R3", 4, False),
    ]  # fmt: skip
    assert record["risks"][0]["impacts"][0]["duration"] == "+ uniform(5d 20d)"
    assert record["risks"][1]["reason"] == "closed (Retired)"
    assert record["responses"][0]["acts_on"] == {"R1": {"probability": "20%"}}
    assert record["columns"]["schedule"] == "Delay (d)"
    assert record["scales"]["from"] == "default"


def test_a_forecast_takes_a_register_and_its_scales(
    register: Path, tmp_path: Path, capsys: Any, monkeypatch: Any
) -> None:
    (tmp_path / "s.yaml").write_text("probability: {H: 90%, L: 5%}\n", encoding="utf-8")
    options = ("--register", register, "--scales", tmp_path / "s.yaml", "--iterations", 200)
    code, told, _ = run(capsys, monkeypatch, "forecast", plan(tmp_path), *options)
    assert code == 0
    assert "risks.xlsx: left out, closed (R2)" in told
    assert any(line.split()[:2] == ["Water", "90%"] for line in told.splitlines())


def test_without_a_plan_the_mapping_is_believed(register: Path, capsys: Any, monkeypatch: Any) -> None:
    assert run(capsys, monkeypatch, "register", register)[1].startswith("2 of 3 risks")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["register", "none.xlsx"], "none.xlsx: there is no such file"),
        (["register", "risks.xlsx", "--scales", "none.yaml"], "none.yaml: there is no such file"),
        (
            ["forecast", "quay.yaml", "--register", "quay.yaml"],
            "quay.yaml: is a program file, and no risk register (.xlsx, .csv)",
        ),
        (
            ["register", "quay.yaml"],
            "quay.yaml: is a program file, and no risk register (.xlsx, .csv); a register over it "
            "is told by: riskmc register risks.xlsx --plan quay.yaml\n",
        ),
        (["register", "."], ".: is a folder, and no risk register (.xlsx, .csv): name a file in it\n"),
        (["forecast", "quay.yaml", "--three-point", "a,b"], 'three points are named as "Min, Likely, Max"'),
    ],
)
def test_faults_are_told_plainly(
    words: list[str], text: str, register: Path, tmp_path: Path, capsys: Any, monkeypatch: Any
) -> None:
    plan(tmp_path)
    monkeypatch.chdir(tmp_path)
    code, _, told = run(capsys, monkeypatch, *words)
    assert code == 2
    assert told.startswith(text)
