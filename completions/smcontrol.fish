# SPDX-License-Identifier: GPL-3.0-or-later
#
# Completion of smcontrol in fish. smcontrol itself says what can stand at the cursor.

function __smcontrol_complete
    set -l typed (commandline -cp)
    set -l word (commandline -ct)
    # After sudo and the like it is not the first word.
    set -l program (string match -r '^(?:.*/)?smcontrol$' -- (commandline -opc))[1]
    set -lx PATH $PATH /usr/local/sbin /usr/sbin
    $program --complete "$typed" 2>/dev/null | while read -l -d \t text meaning
        switch $text
            case ':*'
                # A file, after so much of the same word.
                set -l name (string sub -s (math 1 + (string length -- "$meaning")) -- "$word")
                complete -C "'' $name" | string replace -r '^' -- "$meaning"
            case '*'
                printf '%s\t%s\n' $text $meaning
        end
    end
end

complete -c smcontrol -f -a '(__smcontrol_complete)'
