"""The manual as a site: ``python -m sphinx -W --keep-going -n docs out/site``, then open ``out/site/index.html``.

The pages are Markdown that reads on a code host as well; the reference is made of the docstrings. Nothing in the site
is fetched from anywhere: no fonts, no scripts, no mathematics from outside.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from riskmc.version import VERSION  # noqa: E402, the path comes first

project = "riskmc"
author = "the authors of riskmc"
version = release = VERSION

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "extensions.docstrings",
    "extensions.everything",
    "extensions.glossary_terms",
    "extensions.keyboard",
    "extensions.other_folders",
]
exclude_patterns = ["extensions"]
smartquotes_action = "D"  # dashes only
default_role = "code"

myst_heading_anchors = 4
autosummary_generate = False  # nothing is written into this folder
autodoc_default_options = {"members": True, "member-order": "bysource", "exclude-members": "model_config"}
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
add_module_names = False
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = f"riskmc {VERSION}"
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_show_search_summary = False  # it fetches pages, which a site opened from a folder may not
html_last_updated_fmt = None  # the same sources make the same pages
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#1b4f8f", "color-brand-content": "#1b4f8f"},
    "dark_css_variables": {"color-brand-primary": "#8ab8f0", "color-brand-content": "#8ab8f0"},
}
html_static_path = ["static"]
html_css_files = ["manual.css"]
