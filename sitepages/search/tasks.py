"""Work that is done in the background."""

from django_tasks import task

from sitepages.search.files import read_files


@task()
def read_file(document: int) -> int:
    """Read what a file says."""
    return read_files([document])
