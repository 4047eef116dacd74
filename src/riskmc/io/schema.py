"""The JSON Schema of the program file, shipped beside this module: ``python -m riskmc.io.schema`` writes it again."""

from __future__ import annotations

import json
from pathlib import Path

from riskmc.io.program_file import schema

SHIPPED = Path(__file__).with_name("program.schema.json")


def write_schema(path: Path = SHIPPED) -> None:
    """Write the schema that the nouns define."""
    path.write_text(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_schema()
