"""What leaves the house: letters to people, calendars to their telephones."""
