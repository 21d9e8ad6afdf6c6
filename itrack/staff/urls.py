from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS
from itrack.staff.views import adding, people, reviews
from itrack.staff.views.asking import MANAGES, bring_accounts

urlpatterns = [
    page("school/people", people.people, may=LEADERS, before=bring_accounts),
    page("school/people/roles", people.roles, may=LEADERS, before=bring_accounts),
    page("school/people/add", adding.add_person, may=MANAGES),
    page("school/people/invite", adding.invite, may=MANAGES, writes=True, name="invite-person"),
    page("school/people/paste", adding.paste, may=MANAGES, name="paste-people"),
    page("school/people/paste/check", adding.check, may=MANAGES, writes=True, name="check-people"),
    page("school/people/paste/invite", adding.invite_rows, may=MANAGES, writes=True, name="invite-people"),
    page("school/people/review", reviews.review, may=LEADERS, before=bring_accounts, name="staff-review"),
    page("school/people/review/sign", reviews.sign, may=MANAGES, writes=True, name="sign-review"),
    page("school/people/review/<int:review>", reviews.signed_review, may=LEADERS),
    page("school/people/moves", reviews.moves, may=LEADERS),
    page("school/people/moves.csv", reviews.moves_csv, may=LEADERS, logged=True),
    page("school/people/undo/<int:move>", people.undo, may=MANAGES, writes=True, name="undo-move"),
    page("school/people/<int:member>", people.person, may=LEADERS, before=bring_accounts),
    page("school/people/<int:member>/save", people.save, may=MANAGES, writes=True, name="save-person"),
    page("school/people/<int:member>/remove", people.remove, may=MANAGES, writes=True, name="remove-person"),
    page("school/people/<int:member>/forget-proofs", people.forget_proofs, may=MANAGES, writes=True),
    page("school/people/<int:member>/back", people.bring_back, may=MANAGES, writes=True),
    page("school/people/<int:member>/invite", people.invite_again, may=MANAGES, writes=True),
]
