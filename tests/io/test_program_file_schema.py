"""The JSON Schema of the program file: up to date, and it accepts what the reader accepts."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import pytest
import yaml

from riskmc.io import program_file, read

DATA = Path(__file__).parents[1] / "data"
EXAMPLES = sorted(DATA.glob("*.yaml"))
SHIPPED = json.loads(resources.files("riskmc.io").joinpath("program.schema.json").read_text(encoding="utf-8"))


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: true, false and numbers are not text; dates, `on` and `off` are."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("[+-]?[0-9]+$"), list("+-0123456789"))
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"[+-]?[0-9]*\.[0-9]+$"), list("+-.0123456789"))


def test_the_shipped_schema_is_up_to_date() -> None:
    assert json.loads(json.dumps(program_file.schema())) == SHIPPED, "write it again: python -m riskmc.io.schema"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SHIPPED)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_schema_accepts_the_examples_as_written_and_as_rewritten(file: Path) -> None:
    for text in (file.read_text(encoding="utf-8"), program_file.dumps(read(file))):
        jsonschema.validate(yaml.load(text, CoreLoader), SHIPPED)


@pytest.mark.parametrize("fault", ["risk: {}", "targets: 5", "projects: {p: {activities: {a: {duratoin: 5d}}}}"])
def test_the_schema_refuses_unknown_words_and_wrong_shapes(fault: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.load(f"program: X\n{fault}", CoreLoader), SHIPPED)


def test_the_schema_describes_its_words() -> None:
    words = SHIPPED["$defs"]["Activity"]["properties"]
    assert "Links from predecessors" in words["after"]["description"]
