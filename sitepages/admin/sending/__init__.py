"""Sending down in the admin: the screens, the button that leads to them, what is refused."""
