"""Docstrings of attributes: the sentence below a word of a noun, read from its source when a schema is written.

pydantic could read them too, but does so for every noun on every start of the program.
"""

from __future__ import annotations

import ast
import inspect
import textwrap


def attribute_docs(noun: type) -> dict[str, str]:
    """Return the docstring of every documented attribute of a class, its own and those of the classes it builds on."""
    found: dict[str, str] = {}
    for base in reversed(noun.__mro__):
        if base.__module__.partition(".")[0] == noun.__module__.partition(".")[0]:
            found |= _own(base)
    return found


def _own(noun: type) -> dict[str, str]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(noun))).body[0]
    assert isinstance(tree, ast.ClassDef)
    pairs = zip(tree.body, tree.body[1:], strict=False)
    return {
        above.target.id: inspect.cleandoc(below.value.value)
        for above, below in pairs
        if isinstance(above, ast.AnnAssign)
        and isinstance(above.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }
