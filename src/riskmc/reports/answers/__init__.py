"""Answers: what each command prints, as sections of text."""
