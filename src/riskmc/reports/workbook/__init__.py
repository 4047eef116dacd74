"""Workbook: a document as Excel: the answer first, then every table with its numbers as numbers, and native charts."""
