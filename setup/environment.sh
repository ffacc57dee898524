#!/bin/sh
# Makes .venv and installs the project into it: of each package the version that is locked, from a
# file whose hash is locked too, or nothing at all.
#   sh setup/environment.sh        what `make run` needs
#   sh setup/environment.sh dev    the tools of `make test` as well
# The Makefile calls it again when pyproject.toml, a lock file or this file has changed.
set -eu
cd "$(dirname "$0")/.."

EXTRA="${1:-}"
VENV=.venv
OUR_PYTHON="$VENV/bin/python"
SUPPORTED='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
PYTORCH_CPU=https://download.pytorch.org/whl/cpu

say() {
    echo "$*" >&2
}

supports() {
    "$1" -c "$SUPPORTED" >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
        if supports "$name"; then
            echo "$name"
            return
        fi
    done
    say "Bildungslotse braucht Python 3.11, 3.12 oder 3.13;" \
        "gefunden: $(python3 --version 2>/dev/null || echo 'kein Python')." \
        "Bitte eine dieser Versionen installieren und den Befehl wiederholen" \
        "(liegt sie nicht im Suchpfad: \`PYTHON=/pfad/zu/python3.12\` davorsetzen)."
    exit 1
}

make_venv() {
    if supports "$OUR_PYTHON"; then
        return
    fi
    python=$(find_python)
    say "Umgebung $VENV anlegen ($("$python" --version))."
    if ! "$python" -m venv --clear "$VENV" >&2; then
        say "Die Umgebung ließ sich nicht anlegen." \
            "Unter Debian und Ubuntu hilft: \`sudo apt install python3-venv\`."
        exit 1
    fi
}

# Compiling every module at once takes as long as the rest; `compile.py` takes those that are used.
pip_install() {
    "$OUR_PYTHON" -m pip install -qq --no-compile --disable-pip-version-check --no-deps "$@"
}

# The lock files name everything that is needed, so nothing else is looked for, or built.
install_locked() {
    pip_install --require-hashes --only-binary :all: "$@"
}

# Plain pip takes several GB of CUDA on Linux, which a machine without an NVIDIA card cannot use.
wants_cpu_torch() {
    [ "$(uname -s)" = Linux ] && [ ! -e /proc/driver/nvidia ] &&
        ! command -v nvidia-smi >/dev/null 2>&1 && ! has_torch
}

has_torch() {
    "$OUR_PYTHON" -c "from importlib.metadata import version
import sys
sys.exit('torch==' + version('torch').partition('+')[0] != '$TORCH')" 2>/dev/null
}

index_answers() {
    timeout 10 "$OUR_PYTHON" -c "from urllib.request import urlopen
urlopen('$PYTORCH_CPU/torch/', timeout=5).close()" 2>/dev/null
}

# Where PyTorch's index is out of reach, a package index of the house may have the build.
install_cpu_torch() {
    if wants_cpu_torch; then
        say "PyTorch ohne GPU-Unterstützung installieren."
        index=""
        index_answers && index="--extra-index-url $PYTORCH_CPU"
        # shellcheck disable=SC2086  # an option with its value, or nothing
        install_locked $index -r requirements-cpu.lock 2>/dev/null ||
            say "Das ging nicht; PyTorch kommt mit den übrigen Paketen."
    fi
}

# Only builds for NVIDIA cards ask for it.
wants_cuda() {
    "$OUR_PYTHON" -c "from importlib.metadata import requires
import sys
sys.exit(not any('cuda' in one for one in requires('torch') or ()))" 2>/dev/null
}

install_all() {
    install_locked -r requirements.lock ${EXTRA:+-r "requirements-$EXTRA.lock"} || return
    if wants_cuda; then
        install_locked -r requirements-cuda.lock || return
    fi
    pip_install --no-build-isolation -e .
}

make_venv
TORCH=$(sed -n 's/^\(torch==[^ ]*\).*/\1/p' requirements.lock)
install_cpu_torch
say "Pakete installieren. Beim ersten Mal dauert das einige Minuten."
if ! install_all; then
    say "Die Installation ist gescheitert; die Ursache steht darüber." \
        "Meist fehlt die Verbindung zum Paketverzeichnis oder freier Platz (etwa 3 GB)." \
        "Passt eine Prüfsumme nicht (HASH), wurde das Paket nicht installiert: bitte melden."
    exit 1
fi
# Without it everything works, only slower.
"$OUR_PYTHON" setup/compile.py || say "Die Vorbereitung der Pakete ist gescheitert; es geht ohne sie."
touch "$VENV/installed${EXTRA:+-$EXTRA}" "$VENV/installed"
