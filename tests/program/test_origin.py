"""Origin: where a program was read, and the line of every place."""

from pathlib import Path

import riskmc as rm
from riskmc.io.yaml_source import source
from riskmc.program.origin import origin_of

FERRY = Path(__file__).parents[2] / "models" / "ferry" / "program.yaml"


def test_a_program_read_from_a_file_knows_file_and_line():
    origin = origin_of(rm.read(FERRY))
    lines = FERRY.read_text(encoding="utf-8").splitlines()
    assert origin.file == str(FERRY)
    assert lines[origin.line(("risks", "appeal")) - 1].strip() == "appeal:"
    assert "hull FF+40d" in lines[origin.line(("projects", "vessel", "activities", "outfitting", "after", 1)) - 1]
    assert origin.line(("risks", "nothing")) is None


def test_every_line_is_the_one_that_messages_name():
    text = source(FERRY)
    assert all(line == text.line(place) for place, line in text.lines().items())
    assert len(text.lines()) > 500


def test_a_program_made_from_another_does_not_know_it():
    program = rm.read(FERRY)
    assert origin_of(program.but(program="Other")) is None
    assert origin_of(program.scenario("respond")) is None


def test_where_it_was_read_makes_no_two_programs_different():
    program = rm.read(FERRY)
    assert program == program.but(program=program.program)
    assert program.hash() == program.but(program=program.program).hash()
    assert "_origin" not in program.model_dump()
