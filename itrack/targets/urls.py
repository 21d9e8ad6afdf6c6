from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS, MARKERS
from itrack.targets.views import pupils, rules_kept

urlpatterns = [
    page("targets/", pupils.targets, may=MARKERS),
    page("targets/set", pupils.set_class_targets, may=MARKERS, name="set-targets"),
    page("targets/save", pupils.save_targets, may=MARKERS, writes=True, name="save-targets"),
    page("targets/changes/<int:change_set>/undo", pupils.undo_targets, may=MARKERS, writes=True, name="undo-targets"),
    page("targets/targets.csv", pupils.targets_csv, may=MARKERS, logged=True),
    page("targets/pupils/<int:pupil>", pupils.targets_of_pupil, may=MARKERS, logged=True),
    page("school/targets", rules_kept.target_rules, may=LEADERS),
    page("school/targets/save", rules_kept.save_target_rules, may=LEADERS, writes=True),
]
