#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck disable=SC2154 # $project is run's
#
# Tests check-schemas; a part of run.

# The schemas may gain, and not lose.
start
mkdir -p "$project/Schemas/released"
schema='{"type":"object","required":["a"],"properties":{"a":{"type":"string"},"b":{"anyOf":[{"enum":["x"]},{"type":"string"}]},"c":{"enum":["y"]}}}'
printf '%s\n' "$schema" >"$project/Schemas/released/a-1.json"
rejects check-schemas 'a-1.json: is gone'
printf '%s\n' "$schema" >"$project/Schemas/a-1.json"
accepts check-schemas
for change in '"properties":{/"properties":{"d":{"type":"null"},' '"enum":\["x"/"enum":["x","z"' '"required":\["a"/"required":["a","b"'; do
  printf '%s\n' "$schema" | sed "s/$change/" >"$project/Schemas/a-1.json"
  accepts check-schemas
done
while IFS='|' read -r change complaint; do
  printf '%s\n' "$schema" | sed "s/$change" >"$project/Schemas/a-1.json"
  rejects check-schemas "a-1.json: $complaint"
done <<'END'
"a":{"type":"string"},//|.a: is gone
"string"},"b"/"integer"},"b"/|.a: was ['string'], is ['integer']
"string"},"b"/["string","null"]},"b"/|.a: was ['string'], is ['null', 'string']
"required":\["a"\]/"required":[]/|.a: was always there, and is optional
"x"/"z"/|.b: 'x' is gone
\["y"\]/["y","z"]/|.c: ['z'] is new where no word may be added
END
