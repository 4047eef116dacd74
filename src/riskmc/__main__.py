"""``python -m riskmc``: the command line, where the command `riskmc` is not on the path."""

from riskmc.cli import main

if __name__ == "__main__":
    main()
