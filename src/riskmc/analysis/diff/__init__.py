"""Semantic difference of two programs: what was added, removed and changed, how far each change moves P50 and P80."""

from __future__ import annotations

from riskmc.analysis.diff.differing import diff as diff
from riskmc.analysis.diff.program_diff import ProgramDiff as ProgramDiff
