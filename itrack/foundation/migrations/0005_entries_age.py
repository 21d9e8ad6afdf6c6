from django.db import migrations

from itrack.foundation.tenancy.keys import Ageing


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0004_kind_of_mergings'),
    ]

    operations = [
        Ageing("AuditEntry", column="at", months=12),
    ]
