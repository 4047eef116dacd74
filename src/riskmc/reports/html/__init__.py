"""HTML: a document as one page that needs nothing from the network."""
