"""A folder to begin with: program file, risk register, notebook, and a page that says what to do next."""

from __future__ import annotations

from riskmc.io.starter.folder import contents

__all__ = ["contents"]
