"""Pages sent down to the portals below: locked or editable, withdrawn everywhere at once."""
