from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0003_kind_of_joiners'),
    ]

    operations = [
        migrations.AlterField(
            model_name='changeset',
            name='kind',
            field=models.CharField(choices=[('import', 'Import of a transfer file'), ('marks', 'Marks entered'), ('classes', 'Classes changed'), ('joiner', 'Joiner added by hand'), ('merge', 'Two records made one'), ('calendar', 'Year and terms changed'), ('subjects', 'Subjects changed'), ('scheme', 'Mark scheme changed')], max_length=20),
        ),
    ]
