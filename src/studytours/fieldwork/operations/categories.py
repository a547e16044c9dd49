"""The list of categories: at most twenty on the phone."""

from django.db import transaction

from studytours.core.errors import Refused
from studytours.core.operations import record

from ..models import Category
from ..taxonomy import MOST_ACTIVE, rows


@transaction.atomic
def seed_categories():
    """Put in the categories of PRODUCT.md that are missing; what the office edited stays."""
    for row in rows():
        Category.objects.get_or_create(code=row["code"], defaults=row)


@transaction.atomic
def change_category(category, *, label, default_remit, is_active, by=None, now=None):
    """Change the words of a category, or take it off the phones. Findings keep it."""
    others = Category.objects.select_for_update().filter(is_active=True).exclude(pk=category.pk)
    if is_active and len(others) >= MOST_ACTIVE:
        raise Refused(
            f"At most {MOST_ACTIVE} categories fit on a phone.", cure="Take another one off first."
        )
    if not is_active and not others:
        raise Refused("One category must stay on the phones.")
    category.label, category.default_remit = label.strip(), default_remit.strip()
    category.is_active = is_active
    category.save(update_fields=["label", "default_remit", "is_active"])
    record(
        "category_changed", about=category, summary=f"Category {category.code}: {category.label}",
        by=by, now=now,
    )  # fmt: skip
    return category
