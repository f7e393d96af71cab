"""What a portal sends out beside its pages: feeds, calendars, maps of itself, words about its pages."""
