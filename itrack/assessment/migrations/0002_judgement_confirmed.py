from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]

    operations = [
        migrations.AddField("judgement", "confirmed", models.BooleanField(default=True, db_default=True)),
    ]
