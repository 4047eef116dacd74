"""PDF: the document on A4 sheets."""
