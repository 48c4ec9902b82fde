"""An order's pieces beside its total. Nothing is counted afterwards: None stays where an
older release wrote the row, and its lines say it. So the old code goes on beside this, no
row is rewritten, and what it changes of its own is no lie. Only an order that this release
wrote and the older one then changes keeps the pieces it had: `verify` names it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0005_call_list'),
    ]

    operations = [
        migrations.AddField(
            model_name='order',
            name='pieces',
            field=models.IntegerField(null=True),
        ),
    ]
