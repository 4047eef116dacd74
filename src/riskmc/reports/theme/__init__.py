"""Theme: how the reports of an organisation look: logo, colours, language, sections, slide master."""
