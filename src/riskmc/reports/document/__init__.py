"""Document: what a report says, in whatever format: sentences, tables, pictures and the parts they stand in."""
