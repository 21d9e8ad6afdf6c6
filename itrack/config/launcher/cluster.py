"""Makes the data folder and writes the server's settings, which stand outside it: the account that owns the
data cannot lay a link where the caller writes.
"""

import os
import shutil
from pathlib import Path

from itrack.config.launcher.accounts import Account, caller_name, run_as
from itrack.config.launcher.binaries import Binaries
from itrack.config.launcher.homes import Places
from itrack.config.launcher.refusal import LauncherRefused

LOGIN_ROLES = ("itrack_super", "itrack_owner", "itrack_app", "itrack_backup")

# A message of the server may quote a value ("invalid input … 'Amina'"), and DETAIL lines quote whole rows. So errors,
# which the program sees anyway, are not logged at all, and what is logged carries no statement and no detail.
SETTINGS = """\
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 64MB
work_mem = 8MB
maintenance_work_mem = 64MB
max_wal_size = 256MB
wal_level = minimal
max_wal_senders = 0
max_logical_replication_workers = 0
jit = off
fsync = on
password_encryption = scram-sha-256
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
datestyle = 'iso, dmy'
default_text_search_config = 'pg_catalog.english'
logging_collector = off
log_destination = 'stderr'
log_line_prefix = '%m '
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_statement = none
log_min_duration_statement = -1
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_checkpoints = off
log_connections = off
log_autovacuum_min_duration = -1
"""
# For data that are removed when the command ends, as in a test run.
THROWAWAY = "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n"


def made_by(places: Places) -> int | None:
    """The major version that made the data, or None when there are none yet."""
    try:
        return int((places.data / "PG_VERSION").read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    except (ValueError, NotADirectoryError):
        raise LauncherRefused(f"{places.data} does not hold a PostgreSQL database; choose another --home.") from None


def make(places: Places, binaries: Binaries, account: Account, *, throwaway: bool) -> None:
    """An empty cluster in one step: it is built beside its place and renamed, so a stop half-way leaves none."""
    unfinished = places.home / "postgres-unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if account.switched:
        os.chown(unfinished, account.uid, account.gid)
    locale = ["--locale=C.UTF-8"]
    if binaries.major >= 17:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
    words = ["-U", "itrack_super", "--auth-local=peer", "--auth-host=reject", "-E", "UTF8", "-k", "--no-instructions"]
    hurry = ["--no-sync"] if throwaway else []
    answer = run_as(account, [binaries.folder / "initdb", "-D", unfinished, *words, *locale, *hurry])
    if answer.returncode:
        shutil.rmtree(unfinished, ignore_errors=True)
        said = answer.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise LauncherRefused(f"A database could not be made in {places.home}: {said[0]}")
    unfinished.rename(places.data)


def write_settings(places: Places, *, throwaway: bool) -> None:
    """The three files of settings. Peer alone: the system says who asks, and only the caller's account is known."""
    me = caller_name().replace('"', '""')
    people = "".join(f'itrack "{me}" {role}\n' for role in LOGIN_ROLES)
    _write(places.run / "postgresql.conf", SETTINGS + (THROWAWAY if throwaway else ""))
    _write(places.run / "pg_hba.conf", "local all all peer map=itrack\nhost all all all reject\n")
    _write(places.run / "pg_ident.conf", people)


def command(places: Places, binaries: Binaries, socket: Path) -> list[str]:
    """What starts the server on these data."""
    files = {"config_file": "postgresql.conf", "hba_file": "pg_hba.conf", "ident_file": "pg_ident.conf"}
    options = {key: str(places.run / name) for key, name in files.items()} | {"unix_socket_directories": str(socket)}
    words = [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
    return [str(binaries.folder / "postgres"), "-D", str(places.data), *words]


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf8")
    path.chmod(0o644)  # no secret in it; the server's account must read it
