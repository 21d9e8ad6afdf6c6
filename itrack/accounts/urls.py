from itrack.accounts.views import passwords, signing_in
from itrack.foundation.page import page
from itrack.foundation.viewer import ANY_STAFF, PUBLIC

urlpatterns = [
    page("account/password", passwords.change_password, may=ANY_STAFF, before=passwords.offer),
    page("account/password/set", passwords.set_own_password, may=ANY_STAFF, writes=True),
    page("sign-in", signing_in.sign_in, may=PUBLIC),
    page("sign-in/enter", signing_in.enter, may=PUBLIC, writes=True),
    page("sign-in/not-me", signing_in.not_me, may=PUBLIC, writes=True),
    page("sign-out", signing_in.sign_out, may=ANY_STAFF, writes=True),
]
