"""Committee: the report to those who decide: what is gathered for it, its sentences, and its parts in their order."""
