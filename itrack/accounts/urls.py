from django.urls import register_converter

from itrack.accounts.views import (
    account,
    advice,
    defaults,
    forgotten,
    invitation,
    passwords,
    places,
    protect,
    providers,
    roles,
    second_factor,
    signing_in,
)
from itrack.foundation.page import page
from itrack.foundation.viewer import ANY_STAFF, LEADERS, PUBLIC


class TokenConverter:
    """A link's token: 256 bits as an address spells them."""

    regex = "[A-Za-z0-9_-]{43}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TokenConverter, "token")

urlpatterns = [
    page("account/password", passwords.change_password, may=ANY_STAFF, before=passwords.offer),
    page("account/password/set", passwords.set_own_password, may=ANY_STAFF, writes=True),
    page("keep-safe", advice.keep_safe, may=PUBLIC, before=advice.whose),
    page("keep-safe/read", advice.read_advice, may=PUBLIC, writes=True),
    page("account/look", defaults.set_look, may=ANY_STAFF, writes=True),
    page("sign-in", signing_in.sign_in, may=PUBLIC),
    page("sign-in/enter", signing_in.enter, may=PUBLIC, writes=True),
    page("sign-in/with/<slug:provider>", providers.sign_in_with, may=PUBLIC, writes=True),
    page("sign-in/with/<slug:provider>/back", providers.back_from_provider, may=PUBLIC, before=providers.answered),
    page("sign-in/not-me", signing_in.not_me, may=PUBLIC, writes=True),
    page("school/signing-in", roles.signing_in, may=LEADERS, name="role-rules"),
    page("school/signing-in/settle", roles.settle, may=LEADERS, writes=True, name="settle-roles"),
    page("sign-out", signing_in.sign_out, may=ANY_STAFF, writes=True),
    page("invitation/<token:token>", invitation.follow, may=PUBLIC, before=invitation.known, name="follow-invitation"),
    page("invitation", invitation.invitation, may=PUBLIC, before=invitation.offered),
    page("invitation/take-up", invitation.take_up, may=PUBLIC, writes=True),
    page("invited", invitation.invited, may=ANY_STAFF, before=invitation.waiting),
    page("invited/accept", invitation.accept, may=ANY_STAFF, writes=True, name="accept-invitation"),
    page("forgotten", forgotten.forgotten, may=PUBLIC),
    page("forgotten/ask", forgotten.ask, may=PUBLIC, writes=True, name="ask-for-help"),
    page("forgotten/asked", forgotten.asked, may=PUBLIC, name="help-is-coming"),
    page(
        "new-password/<token:token>", forgotten.follow, may=PUBLIC, before=forgotten.known, name="follow-new-password"
    ),
    page("new-password", forgotten.new_password, may=PUBLIC, before=forgotten.offered),
    page("new-password/set", forgotten.set_new_password, may=PUBLIC, writes=True),
    page("sign-in/passkey/ask", second_factor.ask_passkey_alone, may=PUBLIC, writes=True),
    page("sign-in/passkey", second_factor.give_passkey_alone, may=PUBLIC, writes=True),
    page("second-factor", second_factor.second_factor, may=PUBLIC, before=second_factor.ways),
    page("second-factor/code", second_factor.give_code, may=PUBLIC, writes=True),
    page("second-factor/passkey/ask", second_factor.ask_passkey, may=PUBLIC, writes=True),
    page("second-factor/passkey", second_factor.give_passkey, may=PUBLIC, writes=True),
    page("protect", protect.protect, may=PUBLIC, before=protect.offered),
    page("protect/app", protect.protect_by_app, may=PUBLIC, writes=True),
    page("protect/passkey/ask", protect.ask_first_passkey, may=PUBLIC, writes=True),
    page("protect/passkey", protect.protect_by_passkey, may=PUBLIC, writes=True),
    page("account", account.account, may=ANY_STAFF, before=account.about),
    page("account/confirm", account.confirm, may=ANY_STAFF, writes=True),
    page("account/app", account.new_app, may=ANY_STAFF, before=account.offered_app),
    page("account/app/add", account.add_app, may=ANY_STAFF, writes=True),
    page("account/passkey/ask", account.ask_new_passkey, may=ANY_STAFF, writes=True),
    page("account/passkey/add", account.add_passkey, may=ANY_STAFF, writes=True),
    page("account/codes/new", account.new_codes, may=ANY_STAFF, writes=True),
    page("account/factors/<int:factor>/remove", account.remove, may=ANY_STAFF, writes=True, name="remove-factor"),
    page("account/sign-out-everywhere", account.sign_out_everywhere, may=ANY_STAFF, writes=True),
    page("change-school/<int:school>", places.change_school, may=ANY_STAFF, writes=True),
]
