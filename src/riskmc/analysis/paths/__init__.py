"""Paths: which critical paths set the finish, how often, and which stand behind the P80 (N6)."""

from riskmc.analysis.paths.driving_paths import Path, Paths, paths

__all__ = ["Path", "Paths", "paths"]
