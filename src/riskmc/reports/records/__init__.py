"""Records: what `--json` writes, as plain values."""
