"""Import of what was before the system: files read in a stream, checked whole, written whole."""
