"""Conversion of a program into the file of a planning tool: what it holds, what it cannot hold, and the writing."""
