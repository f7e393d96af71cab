"""Finding things on the portals: entries kept beside the pages, and how they are asked."""
