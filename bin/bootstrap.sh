# shellcheck shell=sh
# Read by the commands beside it (`. bin/bootstrap.sh`; POSIX sh): finds a Python, makes the environment from uv.lock
# once, and leaves $root and $python set. `bootstrap run` is what the product needs, `bootstrap dev` adds the tools.
#
#   ITRACK_PYTHON  the Python to use (3.12 or newer)      ITRACK_VENV  where the environment stands (ROOT/.venv)

say() { printf '%s\n' "$*" >&2; }
refuse() { say "$*"; exit 1; }

root=$(dirname "$(dirname "$(readlink -f "$0")")")
venv=${ITRACK_VENV:-$root/.venv}
case $venv in /*) ;; *) venv=$PWD/$venv ;; esac
python=$venv/bin/python
uv_version=0.13.9

# A candidate is run, not believed: a pyenv shim stands on PATH and answers 127, and Debian splits ensurepip off.
fits() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' </dev/null >/dev/null 2>&1; }
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }
is_root() { [ "$(id -u)" = 0 ]; }

candidates() { # one a line; whole paths may hold spaces
    printf '%s\n' python3.12 python3.13 python3.14 python3
    for path in "${PYENV_ROOT:-${HOME:-/}/.pyenv}"/versions/3.*/bin/python3 /usr/local/bin/python3 /usr/bin/python3 \
        "${UV_PYTHON_INSTALL_DIR:-${XDG_DATA_HOME:-${HOME:-/}/.local/share}/uv/python}"/cpython-3.*/bin/python3; do
        [ -x "$path" ] && printf '%s\n' "$path"
    done
}

find_python() { # sets $found
    found=
    while IFS= read -r candidate; do
        fits "$candidate" && { found=$candidate; return 0; }
    done <<END
$(candidates)
END
    return 1
}

apt() { DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 "$@" </dev/null >>"$log" 2>&1; }
may_apt() { is_root && command -v apt-get >/dev/null 2>&1; }

install_python() { # as root, from the distribution when it offers one
    may_apt || return 1
    apt update
    for name in python3.12 python3.13 python3.14; do
        apt-cache show "$name" >/dev/null 2>&1 || continue
        apt install --no-install-recommends "$name" "$name-venv" || apt install --no-install-recommends "$name" python3-venv
        find_python && return 0
    done
    return 1
}

download_python() { # the last try: a build that uv fetches; needs a uv, or some older Python to install one
    uv=$(command -v uv) || uv=
    if [ -z "$uv" ]; then
        old=
        for name in python3 python3.11 python3.10 python3.9 /usr/bin/python3; do
            "$name" -c 'import venv, ensurepip' >/dev/null 2>&1 && { old=$name; break; }
        done
        [ -n "$old" ] || return 1
        "$old" -m venv "$work/uv" >>"$log" 2>&1 && "$work/uv/bin/python" -m pip install -q "uv==$uv_version" >>"$log" 2>&1 || return 1
        uv=$work/uv/bin/uv
    fi
    "$uv" python install 3.12 >>"$log" 2>&1 && found=$("$uv" python find --managed-python 3.12 2>>"$log") && fits "$found"
}

no_python() {
    if new_enough python3; then
        refuse "The Python here lacks its venv module: install it (Debian and Ubuntu: apt install python3-venv) and start again."
    fi
    refuse "No Python 3.12 or newer was found: install one and name it in ITRACK_PYTHON, or let uv fetch one from a mirror named in UV_PYTHON_INSTALL_MIRROR."
}

choose_python() { # sets $found; an environment that is only out of date keeps its own
    if [ -f "$venv/.itrack-stamp" ] && fits "$python"; then
        found=$("$python" -c 'import sys; print(sys._base_executable)')
        return
    fi
    if [ -n "${ITRACK_PYTHON:-}" ]; then
        found=$ITRACK_PYTHON
        fits "$found" || refuse "ITRACK_PYTHON names $found, which is not a working Python 3.12 or newer with venv and ensurepip."
        return
    fi
    find_python || install_python || download_python || no_python
}

stamp() { printf '%s %s %s' "$1" "$uv_version" "$(cksum <"$root/uv.lock")"; }

is_ready() { # run: an environment with the tools serves as well
    [ -x "$python" ] || return 1
    read -r made 2>/dev/null <"$venv/.itrack-stamp" || return 1
    [ "$made" = "$(stamp dev)" ] || { [ "$1" = run ] && [ "$made" = "$(stamp run)" ]; }
}

wait_for_turn() { # $1 a Python; the lock lies on the open folder itself and lasts as long as descriptor 9
    exec 9<"$(dirname "$venv")"
    "$1" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
}

fill() { # an environment of ours without a stamp was left half-made: it is thrown away. One made by hand never is.
    own=$venv/.itrack-own
    if [ -f "$own" ] && { [ ! -f "$venv/.itrack-stamp" ] || ! fits "$python"; }; then rm -rf "$venv"; fi
    if ! fits "$python"; then
        [ ! -e "$venv" ] || rmdir "$venv" || return 1
        mkdir "$venv" && : >"$own" && "$found" -m venv "$venv" || return 1
    fi
    rm -f "$venv/.itrack-stamp"
    "$python" -m uv --version 2>/dev/null | grep -q " $uv_version" || "$python" -m pip install -q "uv==$uv_version" || return 1
    group=--no-dev
    [ "$1" = dev ] && group='--group dev'
    # shellcheck disable=SC2086 # two words
    UV_PROJECT_ENVIRONMENT=$venv VIRTUAL_ENV=$venv "$python" -m uv sync --project "$root" --frozen --inexact $group || return 1
    stamp "$1" >"$venv/.itrack-stamp.new" && echo >>"$venv/.itrack-stamp.new"
    mv "$venv/.itrack-stamp.new" "$venv/.itrack-stamp" # last: no stamp, no environment
}

set_up() {
    mkdir -p "$(dirname "$venv")" 2>/dev/null
    [ -w "$(dirname "$venv")" ] || refuse "$(id -un) cannot write in $(dirname "$venv"): clone the project as this user, or name a folder for the environment in ITRACK_VENV."
    say "Setting up (once)…"
    work=$(mktemp -d) || exit 1
    log=$work/log
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    choose_python
    wait_for_turn "$found"
    if ! is_ready "$1" && ! fill "$1" >>"$log" 2>&1; then
        tail -n 15 "$log" >&2
        refuse "The set-up failed; the lines above say why. Start the command again when that is mended."
    fi
    exec 9<&-
    rm -rf "$work"
    trap - EXIT INT TERM
}

bootstrap() { is_ready "$1" || set_up "$1"; }

# Our own package is found by its folder, and a file named like a module in the caller's folder is not taken for it.
itrack() { PYTHONPATH=$root exec "$python" -P -m itrack.config.cli "$@"; }
