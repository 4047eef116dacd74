"""Markdown: a document as text that reads well raw, and as a page of a wiki."""
