"""National money data of the shipped catalogue, given to the table that accountants keep."""

from compliance.catalogue.loader import load_royalties
from compliance.models import BaseSalary
from portal.provisioning.changes import Changes


def provide_money(changes: Changes) -> None:
    """Base salaries that the catalogue knows and the table lacks; rows somebody entered are left alone."""
    present = set(BaseSalary.objects.values_list("valid_from", flat=True))
    for salary in load_royalties().base_salaries:
        if salary.valid_from not in present:
            BaseSalary.objects.create(
                valid_from=salary.valid_from,
                amount=salary.amount,
                decree=salary.decree,
                status=str(salary.status),
            )
            changes.add(f"+ base salary from {salary.valid_from.isoformat()}")
