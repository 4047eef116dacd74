"""Benchmark problems of project scheduling: PSPLIB and Patterson files."""
