"""Docstrings of attributes, read for the schema."""

from riskmc.program import Activity, Program
from riskmc.program.attribute_docs import attribute_docs


class Base:
    kept: int = 1
    """What is kept."""


class Noun(Base):
    said: str = ""
    """What is said,
    in two lines."""
    silent: int = 0

    def work(self) -> None:
        """A method is no attribute."""


def test_every_documented_attribute_is_found_with_those_of_its_bases():
    assert attribute_docs(Noun) == {"kept": "What is kept.", "said": "What is said,\nin two lines."}


def test_words_of_the_program_have_their_docstrings_in_the_schema():
    schema = Program.model_json_schema()
    assert schema["properties"]["start"]["description"] == "Its first day."
    assert attribute_docs(Activity)


def test_a_start_of_the_program_reads_no_docstrings():
    assert Program.model_fields["start"].description is None
