"""Slides: the document as PowerPoint: native charts and tables that can be edited, notes, a company's own master."""
