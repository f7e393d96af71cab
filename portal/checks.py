"""House rules that span packages, told by ``manage.py check``."""
