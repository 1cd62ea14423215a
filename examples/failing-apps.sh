#!/usr/bin/env bash
# Prints the apps that failed on more devices than a number (100): how many, and which.
# GRAPH is the base URL, TOKEN an access token for it, CA the certificate of a local authority, where there is one.
set -euo pipefail

GRAPH=${GRAPH:-https://graph.microsoft.com/beta}
more_than=${1:-100}

next="$GRAPH/deviceAppManagement/mobileApps?\$expand=installSummary&\$top=50"
while [[ -n $next ]]; do
  # The token comes by a file, since every user of the machine can read the arguments of a program.
  if ! page=$(curl --silent --show-error --fail-with-body ${CA:+--cacert "$CA"} --globoff \
    -H @<(echo "Authorization: Bearer $TOKEN") "$next"); then
    jq --raw-output '.error.message' <<<"$page" >&2 || true # a gateway may say what is wrong in another form
    exit 1
  fi
  jq --raw-output --argjson than "$more_than" '.value[]
    | select(.installSummary.failedDeviceCount > $than)
    | [.installSummary.failedDeviceCount, .displayName] | @tsv' <<<"$page"
  next=$(jq --raw-output '."@odata.nextLink" // empty' <<<"$page")
done | sort --numeric-sort --reverse
