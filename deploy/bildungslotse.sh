#!/bin/sh
# The command of a service set up as docs/betrieb.md says: for root, as the account of the service,
# with its data and the settings of its unit.
set -eu
settings=/etc/bildungslotse/environment
set -a
BILDUNGSLOTSE_DATA=/srv/bildungslotse
# shellcheck source=/dev/null
[ ! -e "$settings" ] || . "$settings"
set +a
cd /srv/bildungslotse
exec runuser -u bildungslotse -- /opt/bildungslotse/.venv/bin/bildungslotse "$@"
