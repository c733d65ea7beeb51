#!/usr/bin/env bash
# Make .venv, ready to run: find a Python, install Debian's libraries for the Qt and OpenCV wheels, install the
# packages at the versions of constraints.txt. `make` calls this when .venv/ready is missing or older than what it
# was made from, so a second `make` installs nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

# What the wheels of PyQt5 (xcb platform) and opencv-python link to, a font, and a display to test on.
LIBRARIES=(
    libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6 libx11-6 libx11-xcb1 libxext6 libsm6 libice6
    libxkbcommon0 libxkbcommon-x11-0 libxcb-glx0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
    libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0
    libxcb-xkb1 fonts-dejavu-core xvfb xauth
)
VERSIONS=(3.13 3.12 3.11)
PASTE=""

say() { printf '%s\n' "$@" >&2; }

stop() {
    say "$@"
    exit 1
}

# Say the line that a person with the password can paste.
say_paste() { say "$1" "" "    $PASTE" "" "Then run make again."; }

# Whether this command is a Python that the project runs on.
fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3 "${VERSIONS[@]/#/python}"; do
        if fits "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
}

# Run a command as root, where that asks for no password.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_be_root() { as_root true 2>/dev/null; }

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" </dev/null >/dev/null; }

# Debian 13 and Ubuntu 24.04 renamed some libraries: libglib2.0-0 is libglib2.0-0t64 there.
is_installed() { grep -q '^.i' <<<"$(dpkg-query -W -f '${db:Status-Abbrev}\n' "$1" "$1t64" 2>/dev/null)"; }

# What is missing of Debian's, one package a line. $1: the Python that was found, or nothing.
missing_packages() {
    local package version
    for package in "${LIBRARIES[@]}"; do
        is_installed "$package" || printf '%s\n' "$package"
    done
    if [ -n "$1" ]; then
        "$1" -c 'import ensurepip, venv' 2>/dev/null ||
            "$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
        return
    fi
    for version in "${VERSIONS[@]}"; do
        if apt-cache show "python$version" >/dev/null 2>&1; then
            printf '%s\n' "python$version" "python$version-venv"
            return
        fi
    done
}

# Install what is missing of Debian's, or say the line that does. $1: the Python that was found, or nothing.
install_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$1")
    if [ ${#missing[@]} -eq 0 ]; then
        return
    fi
    PASTE="sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    if ! may_be_root; then
        say_paste "The system lacks some packages, and installing them needs the administrator's password. Paste this:"
        return
    fi
    say "Installing ${#missing[@]} packages of the system: ${missing[*]}"
    if ! { apt_get update && apt_get install -y --no-install-recommends "${missing[@]}"; }; then
        say_paste "apt-get could not install them (see above). When it can, paste this:"
    fi
}

make_venv() {
    if fits .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
        return
    fi
    if ! "$1" -c 'import ensurepip, venv' 2>/dev/null; then
        stop "$1 has no venv module yet (on Debian the package python3-venv; see above)."
    fi
    say "Making .venv with $1"
    "$1" -m venv --clear .venv
}

install_python_packages() {
    if [ -e .venv/ready ]; then
        say "Bringing the Python packages in .venv up to date."
    else
        say "Installing the Python packages into .venv, about 3 GB: some minutes, the first time only."
    fi
    local pip=(.venv/bin/python -m pip --disable-pip-version-check --quiet install --constraint constraints.txt)
    # The build tool is pinned like the rest, so it is installed first and not fetched anew for the build.
    if ! { "${pip[@]}" setuptools && "${pip[@]}" --no-build-isolation --editable '.[dev]'; }; then
        stop "pip could not install the packages (see above). When the package registry can be reached, run make again."
    fi
}

# The system's libraries that a wheel links to and that are not there, in one line.
missing_libraries() {
    local wheels
    wheels=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("platlib"))')
    { ldd "$wheels"/cv2/*.so "$wheels"/PyQt5/QtWidgets.*.so "$wheels"/PyQt5/Qt5/plugins/platforms/libqxcb.so || true; } |
        awk '/not found/ { print $1 }' | sort -u | paste -sd ' '
}

check_libraries() {
    local missing
    missing=$(missing_libraries)
    if [ -n "$missing" ]; then
        say "Qt and OpenCV need libraries that this system lacks: $missing"
        if [ -n "$PASTE" ]; then
            say_paste "Paste this:"
        fi
        exit 1
    fi
}

python=$(find_python)
if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    install_packages "$python"
    python=${python:-$(find_python)}
fi
if [ -z "$python" ]; then
    found=$(python3 -c 'import platform; print(platform.python_version())' 2>/dev/null || printf 'absent')
    stop "Assembly Inspector runs on Python 3.11, 3.12 or 3.13; python3 of this machine is $found." \
        "Install one of them, or name it: make PYTHON=/path/to/python3.12 test"
fi
make_venv "$python"
install_python_packages
if command -v ldd >/dev/null; then
    check_libraries
fi
touch .venv/ready
say "Ready. Before commands of your own: . .venv/bin/activate"
