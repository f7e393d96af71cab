"""The registers as readers use them: what a list holds, how it is filtered, and when a record leaves it."""
