"""The directive ``everything``: all public names of a module, each with its docstring, in alphabetical order."""

from __future__ import annotations

from importlib import import_module
from inspect import isclass, isroutine

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class Everything(SphinxDirective):
    """``.. everything:: riskmc.plot``; words below it name what has another home and is left out."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the entries of all names of ``__all__``."""
        module, elsewhere = self.arguments[0], {word for line in self.content for word in line.split()}
        names = [name for name in sorted(import_module(module).__all__, key=str.lower) if name not in elsewhere]
        lines = [line for name in names for line in (f".. {entry(module, name)}:: {module}.{name}", "")]
        return self.parse_text_to_nodes(StringList(lines, source=module))


def entry(module: str, name: str) -> str:
    """Return the directive of autodoc for a name."""
    found = getattr(import_module(module), name)
    return "autoclass" if isclass(found) else "autofunction" if isroutine(found) else "autodata"


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("everything", Everything)
    return {"parallel_read_safe": True}
