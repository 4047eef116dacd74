"""Hunts by hand (hunting.py): what they count and keep; and once, in CI, uncompiled kernels on guarded arrays."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import guarded
import hunting
import riskmc as rm

EVERYTHING = {  # but weather, whose days take the kernel half a minute to draw uncompiled
    "program": "Everything",
    "start": "2027-01-04",
    "projects": {
        "p": {
            "activities": {
                "a": {
                    "duration": "uniform(2d 6d)", "uses": {"crew": "1"}, "cost": {"fixed": "100", "per_day": "20"},
                    "approval": {"takes": "1d", "approvers": "2", "by": {"crew": "1"}},
                },
                "b": {
                    "duration": "4d", "after": ["a"], "uses": {"crew": "2"},
                    "quality_gate": {"fail": "50%", "redo": "50%", "at_most": "2"},
                },
                "c": {"backlog": {"team": "alpha", "items": "9"}, "exists": "50%"},
                "d": {"duration": "3d", "after": ["a SS+1d"], "uses": {"crew": "1"}, "priority": "1"},
                "office": {"level_of_effort": {"from": "a", "to": "b"}, "cost": {"per_day": "5"}},
                "end": {"milestone": "true", "after": ["b", "c", "d FF+1d"]},
            }
        }
    },
    "teams": {"alpha": {"throughput": "empirical(5 7 3 8)"}},
    "resources": {
        "crew": {
            "capacity": "2", "cost": "10/h", "staffing": {"2027-01-18": "3"}, "preemption": "true",
            "turnover": {"leaves": "exponential(20d)", "vacancy": "2d"}, "ramp_up": {"start": "40%", "over": "5d"},
            "outages": {"after": "exponential(8d)", "lasts": "4h", "units": "1"},
        }
    },
    "risks": {
        "late": {"probability": "50%", "impacts": [{"on": "p.b", "duration": "x 150%"}]},
        "often": {
            "arrivals": {"rate": "20/y", "at_most": "3"},
            "impacts": [
                {"on": "p.a", "duration": "+ 1d"}, {"on": "p.d", "pause": "1d"},
                {"resource": "crew", "units": "-1", "lasts": "1d"},
            ],
        },
    },
    "scope": {"s": {"on": "p.b", "rate": "6/mo", "size": "1d", "freeze": "2027-03-01"}},
    "policies": {
        "react": {
            "review": "3d", "when": {"later_than": "2027-01-08"}, "do": {"overtime": {"on": "all", "rate": "125%"}},
        }
    },
    "funding": {"2027": "20k", "2028": "20M"},
    "funding_rule": {"without": "stop_starts", "commit": "as_incurred"},
}  # fmt: skip

NEVER_DRAWN = {
    "add_cost", "approve", "remove", "renamed", "scenarios", "set", "withdraw",  # change a program before it is run
    "columns", "csv", "file", "register", "scales", "schedule", "shape", "sheet",  # read with a file
    "assumptions", "confidence", "expect", "not_in_the_model", "notes", "riskmc",  # change no simulation
    "base", "nominal", "released_by",
    "choice", "comparison", "correlation", "occurs", "outcome", "risk",  # drawn as text: `when: risk r0`
}  # fmt: skip


def test_every_key_of_the_program_file_is_drawn_by_a_generator_or_known_not_to_be():
    here = Path(__file__).parent
    schema = json.loads((here.parent / "src/riskmc/io/program.schema.json").read_text(encoding="utf-8"))
    keys = {*schema["properties"]}
    for noun in schema["$defs"].values():
        keys |= {key for form in (noun, *noun.get("anyOf", ())) for key in form.get("properties", ())}
    generators = "".join(
        (here / f"{kind}_programs.py").read_text(encoding="utf-8") for kind in ("random", "detailed", "behaving", "p6")
    )
    assert keys - {*re.findall(r'"(\w+)"', generators)} == NEVER_DRAWN


def test_kernels_without_the_compiler_use_no_negative_index_and_tell_the_same_as_simpy(tmp_path):
    kept, here = tmp_path / "words.json", Path(__file__).parent
    kept.write_text(json.dumps(EVERYTHING), encoding="utf-8")
    asked = [sys.executable, str(here / "hunting.py"), "twins", "--again", str(kept), "--keep", str(tmp_path)]
    paths = os.pathsep.join([str(here.parent / "src"), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": paths}
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split("\n")[0]) == (0, "1 same"), done.stdout + done.stderr


@pytest.mark.parametrize("index", (-1, np.int32(-1), (0, -2), slice(-1, None), slice(0, -1), (slice(None), -1)))
def test_a_guarded_array_refuses_a_negative_index_to_be_read_and_to_be_written(index):
    array = guarded.guarded(np.zeros((3, 3)))
    with pytest.raises(IndexError, match="a kernel uses the index"):
        array[index]
    with pytest.raises(IndexError, match="a kernel uses the index"):
        array[0][index] if isinstance(index, tuple) else array[0].__setitem__(index, 1.0)
    assert array[2, 2] == array[0:3, 1].sum() == 0


def test_a_hunt_counts_what_happens_and_keeps_the_programs_with_a_fault(tmp_path, monkeypatch, capsys):
    happens = iter(["same", rm.ProgramError([("start", "is missing")]), AssertionError("they part"), "same"])

    def check(words):
        if isinstance(found := next(happens), Exception):
            raise found
        return found

    monkeypatch.setitem(hunting.HUNTS, "twins", (hunting.st.just({"program": "X"}), check))
    kept, told = tmp_path / "words.json", []
    kept.write_text('{"program": "X"}', encoding="utf-8")
    for _ in range(4):
        told.append(hunting.main(["twins", "--again", str(kept), "--keep", str(tmp_path)]))
    assert told == [0, 0, 1, 0]
    assert json.loads((tmp_path / "twins-fault-1.json").read_text(encoding="utf-8")) == {"program": "X"}
    said = capsys.readouterr().out
    assert "they part" in said
    assert "1 ProgramError: start: is missing" in said
