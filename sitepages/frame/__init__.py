"""What surrounds every page of a portal, read once and kept until something of it changes."""
