# SPDX-License-Identifier: GPL-3.0-or-later
#
# Completion of smcontrol in bash. smcontrol itself says what can stand at the cursor.
# shellcheck shell=bash

_smcontrol() {
  local typed=${COMP_LINE:0:COMP_POINT} text meaning path
  # bash replaces the word only from the last = or : on.
  local word=${typed##*[[:blank:]]}
  local kept=${word%"$2"}
  COMPREPLY=()
  while IFS=$'\t' read -r text meaning; do
    if [[ $text != :* ]]; then
      COMPREPLY+=("${text#"$kept"}")
    elif [[ -z $meaning || $2 != "$meaning"* ]]; then
      # A file. With nothing before it in the word bash completes it best by itself.
      compopt -o bashdefault -o default
    else
      compopt -o filenames -o nospace
      while IFS= read -r path; do
        COMPREPLY+=("$meaning$path")
      done < <(compgen -f -- "${2#"$meaning"}")
    fi
  done < <(PATH=$PATH:/usr/local/sbin:/usr/sbin "$1" --complete "$typed" 2>/dev/null)
}

complete -F _smcontrol smcontrol
