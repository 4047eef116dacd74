"""Write the literals of riskmc/sampling/pert_literals.py: the PERT series of the usual shape 4.

Run by hand: ``python benchmarks/bake_pert_series.py``. A test compares the literals with a fresh build.
"""

from __future__ import annotations

from pathlib import Path

from riskmc.sampling import pert_literals, pert_series

HEADER = '''"""The PERT series of shape 4, written by ``benchmarks/bake_pert_series.py``: see ``pert_series``."""

# fmt: off
'''


def text() -> str:
    """Return the source of the module."""
    found = pert_series.build(4.0)
    lines = [HEADER + f"ERROR = {found.error:.3e}", "TERMS = ("]
    for term in found.terms.tolist():
        numbers = [f"{value:.17g}" if value else "0.0" for value in term]
        rows = [", ".join(numbers[k : k + 4]) for k in range(0, len(numbers), 4)]
        lines.append("    (" + ",\n     ".join(rows) + "),")
    return "\n".join([*lines, ")", ""])


if __name__ == "__main__":
    Path(pert_literals.__file__).write_text(text(), encoding="utf-8")
