"""Benchmarks of riskmc: made-up programs, yardsticks that do the same work, and the table of the bars."""
