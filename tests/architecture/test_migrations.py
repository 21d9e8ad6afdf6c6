"""The migrations say what the models say, in one line from first to last, and can go back."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("itrack.")}


def test_no_model_has_changed_since_its_last_migration() -> None:
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))

    assert not {label: found for label, found in detector.changes(graph=loader.graph).items() if label in OURS}


def test_each_domains_migrations_stand_in_one_line() -> None:
    loader = MigrationLoader(None)

    for label in OURS & loader.migrated_apps:
        own = [key for key in loader.graph.nodes if key[0] == label]
        assert len(loader.graph.leaf_nodes(label)) == 1, label
        for key in own:
            after = [child.key for child in loader.graph.node_map[key].children if child.key[0] == label]
            assert len(after) <= 1, f"two migrations follow {key}"


def test_every_migration_can_go_back() -> None:
    loader = MigrationLoader(None)
    ours = [migration for (label, _), migration in loader.disk_migrations.items() if label in OURS]

    one_way = [f"{m.app_label}.{m.name}" for m in ours if not all(step.reversible for step in m.operations)]

    assert ours
    assert not one_way
