"""The outside probe: reads other portals politely. Plain Python: no Django, no clock, `today` passed in."""
