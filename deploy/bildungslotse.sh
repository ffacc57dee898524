#!/bin/sh
# The command of a service set up as docs/betrieb.md says: for root, as the account of the service,
# with its data and the settings of its unit.
set -eu
umask 077
settings=/etc/bildungslotse/environment
export HOME=/srv/bildungslotse BILDUNGSLOTSE_DATA=/srv/bildungslotse
# Read as systemd reads it: to the shell, a name of two words or a `$` in a password is a command.
if [ -e "$settings" ]; then
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
            \#* | \;*) continue ;;
            *=*) value=${line#*=} ;;
            *) continue ;;
        esac
        case $value in
            \"*\" | \'*\') value=${value#?} value=${value%?} ;;
        esac
        export "${line%%=*}=$value"
    done <"$settings"
fi
cd /srv/bildungslotse
exec runuser -u bildungslotse -- /opt/bildungslotse/.venv/bin/bildungslotse "$@"
