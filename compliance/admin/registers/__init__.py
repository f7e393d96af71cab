"""What the registers add to the admin: comments on drafts, and the guard of minimum display."""
