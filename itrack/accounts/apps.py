from django.apps import AppConfig
from django.conf import settings


class AccountsConfig(AppConfig):
    name = "itrack.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A filter of breached passwords that cannot be used is said at the start, not at somebody's first password."""
        from itrack.accounts.actions.passwords import breached_passwords

        breached_passwords(settings.BREACHED_PASSWORDS)
