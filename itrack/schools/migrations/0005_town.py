from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0004_arrivals'),
    ]

    operations = [
        migrations.AddField(
            model_name='school',
            name='town',
            field=models.CharField(db_default='', default='', max_length=120),
        ),
    ]
