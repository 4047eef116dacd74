"""What the site needs beyond Sphinx and MyST: docstrings of plain prose, glossary terms, pages of other folders."""
