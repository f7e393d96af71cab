"""News of the portals below, drawn up by a rule: links, never copies."""
