"""What everybody may see: the open data and the transparency pages. Speaks HTTP, without cookies."""
