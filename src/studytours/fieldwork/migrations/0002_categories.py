"""The categories of PRODUCT.md, for offices that begin."""

from django.db import migrations

from studytours.fieldwork.taxonomy import rows


def seed(apps, schema_editor):
    Category = apps.get_model("fieldwork", "Category")
    for row in rows():
        Category.objects.get_or_create(code=row["code"], defaults=row)


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
