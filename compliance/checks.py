"""House rules about duties and money, told by manage.py check."""
