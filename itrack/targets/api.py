"""What other domains may ask of targets."""

from itrack.targets.actions.back import take_targets_back
from itrack.targets.actions.pupils import set_targets
from itrack.targets.actions.rules_kept import settle_target_rules
from itrack.targets.queries.page import TargetsPage, targets_page
from itrack.targets.queries.pupil import (
    PupilTargets,
    TargetLine,
    pupil_targets,
)
from itrack.targets.queries.rules_kept import KeptRules, kept_rules, target_changes
from itrack.targets.queries.sheet import TargetSheet, target_sheet
from itrack.targets.queries.standing import standings
from itrack.targets.rules.setting import RefusedTarget, SavedTargets

__all__ = [
    "KeptRules",
    "PupilTargets",
    "RefusedTarget",
    "SavedTargets",
    "TargetLine",
    "TargetSheet",
    "TargetsPage",
    "kept_rules",
    "pupil_targets",
    "set_targets",
    "settle_target_rules",
    "standings",
    "take_targets_back",
    "target_changes",
    "target_sheet",
    "targets_page",
]
