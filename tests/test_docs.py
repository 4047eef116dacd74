"""The documents hold: code runs, printed answers are current, options and links exist, every key is explained."""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

import riskmc as rm
from rendering import DOCUMENTS, PICTURE, ROOT, answer, blocks, picture, rendered
from riskmc.program.program import Program
from riskmc.version import VERSION

GUIDE = ROOT / "docs" / "guide" / "program-file.md"
LINK = re.compile(r"\]\((?!https?:)(?P<file>[^)#]*)(#(?P<anchor>[^)]*))?\)")
HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)
SECTION = re.compile(r"^#+ .*\(`(?P<noun>\w+)`\)$", re.MULTILINE)
TERM = re.compile(r"^\*\*(.+?)\*\*", re.MULTILINE)
ROW = re.compile(r"^\| `(?P<key>\w+)`", re.MULTILINE)

IDS = [document.relative_to(ROOT).as_posix() for document in DOCUMENTS]


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def prose(text: str) -> str:
    """Return a document without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("document", DOCUMENTS, ids=IDS)
def test_the_code_runs_and_prints_what_the_document_says(document: Path):
    """``python tests/rendering.py`` writes the printed answers anew."""
    text = text_of(document)
    assert rendered(text).splitlines() == text.splitlines()


def test_the_picture_of_the_readme_is_current(tmp_path: Path):
    """All its words: the lines themselves may differ in a last digit between versions of matplotlib."""
    picture(tmp_path / "now.svg")
    now, kept = (re.findall(r">([^<]+)<", text_of(file)) for file in (tmp_path / "now.svg", PICTURE))
    assert [word for word in now if word.strip()] == [word for word in kept if word.strip()]
    assert f"]({PICTURE.relative_to(ROOT).as_posix()})" in text_of(ROOT / "README.md")


@pytest.mark.parametrize("document", DOCUMENTS, ids=IDS)
def test_the_links_lead_somewhere(document: Path):
    for link in LINK.finditer(prose(text_of(document))):
        target = (document.parent / link["file"]).resolve() if link["file"] else document
        assert target.exists(), f"{document.name}: {link[0]}"
        if link["anchor"]:
            places = terms(text_of(target)) if target.name == "glossary.md" else anchors(text_of(target))
            assert link["anchor"] in places, f"{document.name}: {link[0]}"


def anchors(text: str) -> set[str]:
    """Return the anchors of a document's headings, made as code hosts make them."""
    titles = (found["title"].lower() for found in HEADING.finditer(prose(text)))
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def terms(text: str) -> set[str]:
    """Return the anchors of the glossary's words, synonyms too, as the manual makes them."""
    words = {word.strip().lower() for term in TERM.findall(text) for word in re.split(r"[(),]", term) if word.strip()}
    return {re.sub(r"[^a-z0-9]+", "-", word).strip("-") for word in words}


@pytest.mark.parametrize("document", DOCUMENTS, ids=IDS)
def test_the_commands_and_options_exist(document: Path):
    for command in commands(text_of(document)):
        program, *arguments = command
        if program == "riskmc":
            name = arguments[0]
            options = {argument.split("=")[0] for argument in arguments if argument.startswith("--")}
            assert options <= known_options(name), command
        elif "make.py" in command:
            assert arguments[1:2] == [] or f"  {arguments[1]} " in make_usage(), command


def commands(text: str) -> list[list[str]]:
    """Return the commands of the shell blocks of a document, split into words."""
    lines = [line for block in blocks(text) if block.language in ("console", "sh") for line in block.body.splitlines()]
    shown = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    bare = [line for block in blocks(text) if block.language == "sh" for line in block.body.splitlines()]
    words = [shlex.split(line.removeprefix("$ "), comments=True) for line in {*shown, *bare}]
    return [command for command in words if command]


@cache
def known_options(command: str) -> set[str]:
    """Return the long options that the command's own help names."""
    return {"--help", *re.findall(r"--[\w-]+", "\n".join(answer(f"riskmc {command} --help")))}


@cache
def make_usage() -> str:
    return text_of(ROOT / "make.py")


def pieces() -> list[str]:
    """Return the pieces of YAML in the guide, each a part of a program file."""
    return [block.body for block in blocks(text_of(GUIDE)) if block.language == "yaml"]


def merged(base: Any, piece: Any) -> Any:
    """Return a piece of a program laid over a whole one: mappings are joined, anything else is replaced."""
    if not (isinstance(base, dict) and isinstance(piece, dict)):
        return piece
    return {**base, **{key: merged(base.get(key), value) for key, value in piece.items()}}


@pytest.mark.parametrize("number", range(len(pieces())))
def test_every_piece_of_yaml_in_the_guide_reads_as_part_of_its_first_program(number: int, tmp_path: Path):
    first, piece = (yaml.load(pieces()[i], Loader=yaml.BaseLoader) for i in (0, number))
    file = tmp_path / "program.yaml"
    file.write_text(yaml.safe_dump(merged(first, piece), sort_keys=False), encoding="utf-8")
    assert rm.read(file).program


def nouns(model: type[BaseModel], found: dict[str, type[BaseModel]]) -> dict[str, type[BaseModel]]:
    """Return every model that a program can hold, by name."""
    if model.__name__ not in found:
        found[model.__name__] = model
        for field in model.model_fields.values():
            for inner in models_in(field.annotation):
                nouns(inner, found)
    return found


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """Return the models that a type annotation mentions, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in getattr(annotation, "__args__", ()) for model in models_in(inner)]


def documented() -> dict[str, set[str]]:
    """Return the keys that the guide's tables explain, by noun; a section's heading ends in (`Noun`)."""
    parts = SECTION.split(prose(text_of(GUIDE)))
    return {noun: set(ROW.findall(text)) for noun, text in zip(parts[1::2], parts[2::2], strict=True)}


NOUNS = nouns(Program, {})


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_the_guide_explains_every_key_and_invents_none(noun: str):
    """Keys that a noun takes over from another one may be explained there."""
    fields = {field.alias or name for name, field in NOUNS[noun].model_fields.items()}
    own, bases = documented().get(noun, set()), [base.__name__ for base in NOUNS[noun].__bases__]
    taken_over = {key for base in bases for key in documented().get(base, set())}
    assert own <= fields
    assert own | taken_over == fields


def test_the_guide_explains_no_noun_that_is_gone():
    assert set(documented()) <= set(NOUNS)


def test_the_newest_entry_of_the_change_log_is_this_version():
    found = re.search(r"^## \[(?P<version>\d[^\]]*)\]", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert found
    assert found["version"] == VERSION


def test_the_glossary_is_in_alphabetical_order():
    found = TERM.findall(text_of(ROOT / "docs" / "glossary.md"))
    assert len(found) >= 40
    assert found == sorted(found, key=str.lower)


# ------------------------------------------------------------------------------ the checks themselves


def test_a_stale_answer_is_noticed():
    text = "```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n"
    assert rendered(text) == text.replace("3", "2")


def test_a_block_that_names_a_file_holds_that_file():
    scales = "docs/guide/register/scales.yaml"
    assert rendered(f"```yaml {scales}\nold: 1\n```\n") == f"```yaml {scales}\n{text_of(ROOT / scales)}```\n"


def test_the_words_of_the_glossary_are_places_too():
    assert terms("**Joint confidence level (JCL)**. Text.\n\n**P50, P90**. See *P80*.") == {
        "joint-confidence-level", "jcl", "p50", "p90",
    }  # fmt: skip


def test_a_text_that_is_no_answer_stays_as_it_is():
    text = "```python\nx = 1\n```\n\nSome words.\n\n```text\na drawing\n```\n"
    assert rendered(text) == text


def test_pieces_of_python_share_their_names():
    text = "```python\nx = 20\n```\n\nthen\n\n```python\nprint(x)\n```\n\n```text\n20\n```\n"
    assert rendered(text) == text


def test_commands_are_read_from_both_kinds_of_shell_block():
    text = "```console\n$ riskmc forecast a.yaml --seed 2\nanswer\n```\n\n```sh\npip install riskmc  # or\n```\n"
    assert sorted(commands(text)) == [["pip", "install", "riskmc"], ["riskmc", "forecast", "a.yaml", "--seed", "2"]]
