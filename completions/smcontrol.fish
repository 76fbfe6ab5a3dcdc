function __smcontrol_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __smcontrol_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __smcontrol_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __smcontrol_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __smcontrol_parse_tokens -S
    set -l unparsed_tokens (__smcontrol_tokens -pc)
    switch $unparsed_tokens[1]
    case 'smcontrol'
        __smcontrol_parse_subcommand 0 'f/socket=' 'C/cf=' 'A=' 'O=+' 'o=+' 'timeout=' 'format=' 'v/verbose' 'read-only' 'color=' 'no-pager' 'e/execute=+' 'keep-going' 'no-poll' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'status'
            __smcontrol_parse_subcommand 0 'f/socket=' 'C/cf=' 'A=' 'O=+' 'o=+' 'timeout=' 'format=' 'v/verbose' 'read-only' 'sort=' 'kind=+' 'peer=' 'older-than=' 'by-peer' 'color=' 'no-pager' 'passive' 'version' 'h/help'
        case 'mstat'
            __smcontrol_parse_subcommand 0 'f/socket=' 'C/cf=' 'A=' 'O=+' 'o=+' 'timeout=' 'format=' 'v/verbose' 'read-only' 'sort=' 'kind=+' 'peer=' 'older-than=' 'by-peer' 'color=' 'no-pager' 'version' 'h/help'
        case 'help'
            __smcontrol_parse_subcommand 1 'f/socket=' 'C/cf=' 'A=' 'O=+' 'o=+' 'timeout=' 'format=' 'v/verbose' 'read-only' 'version' 'h/help'
        case 'memdump'
            __smcontrol_parse_subcommand 0 'f/socket=' 'C/cf=' 'A=' 'O=+' 'o=+' 'timeout=' 'format=' 'v/verbose' 'read-only' 'output=' 'version' 'h/help'
        case 'restart'
            __smcontrol_parse_subcommand 0 'f/socket=' 'C/cf=' 'A=' 'O=+' 'o=+' 'timeout=' 'format=' 'v/verbose' 'read-only' 'wait' 'wait-timeout=' 'yes' 'version' 'h/help'
        case 'shutdown'
            __smcontrol_parse_subcommand 0 'f/socket=' 'C/cf=' 'A=' 'O=+' 'o=+' 'timeout=' 'format=' 'v/verbose' 'read-only' 'wait' 'wait-timeout=' 'yes' 'version' 'h/help'
        case 'start'
            __smcontrol_parse_subcommand -r 1 'f/socket=' 'C/cf=' 'A=' 'O=+' 'o=+' 'timeout=' 'format=' 'v/verbose' 'read-only' 'wait' 'wait-timeout=' 'sendmail=' 'version' 'h/help'
        case 'send'
            __smcontrol_parse_subcommand -r 2 'f/socket=' 'C/cf=' 'A=' 'O=+' 'o=+' 'timeout=' 'format=' 'v/verbose' 'read-only' 'yes' 'version' 'h/help'
        case 'config'
            __smcontrol_parse_subcommand 0 'f/socket=' 'C/cf=' 'A=' 'O=+' 'o=+' 'timeout=' 'format=' 'v/verbose' 'read-only' 'version' 'h/help'
        case 'queues'
            __smcontrol_parse_subcommand 0 'f/socket=' 'C/cf=' 'A=' 'O=+' 'o=+' 'timeout=' 'format=' 'v/verbose' 'read-only' 'all' 'by-domain' 'by-sender-domain' 'by-status' 'top=' 'each' 'passive' 'color=' 'no-pager' 'version' 'h/help'
        case 'audit'
            __smcontrol_parse_subcommand 0 'f/socket=' 'C/cf=' 'A=' 'O=+' 'o=+' 'timeout=' 'format=' 'v/verbose' 'read-only' 'all' 'explain=' 'color=' 'no-pager' 'version' 'h/help'
        case 'help'
            __smcontrol_parse_subcommand -r 1 'version'
        end
    end
end

function __smcontrol_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __smcontrol_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __smcontrol_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __smcontrol_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__smcontrol_tokens -p)
    if test -z "$(__smcontrol_tokens -t)"
        set -l index (count (__smcontrol_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'smcontrol' -f
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol" f socket' -s 'f' -l 'socket' -d 'The control socket, instead of the one sendmail.cf names.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol" C cf' -s 'C' -l 'cf' -d 'The configuration file, instead of /etc/mail/sendmail.cf.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol" A' -s 'A' -d 'Read sendmail.cf (m, the default) or submit.cf (c), as sendmail\'s own option.' -rfka 'm c'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol"' -s 'O' -d 'Set an option over the configuration file, as sendmail\'s own option; may be repeated.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol"' -s 'o' -d 'The same for an option with a single letter: -oQ/var/spool/mqueue.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol" timeout' -l 'timeout' -d 'How long an exchange may take (default: 10).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol" format' -l 'format' -d 'How to print a reply (default: terminal on a terminal, else classic). (values: classic, terminal, json, raw)' -rfka 'classic terminal json raw'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol" v verbose' -l 'verbose' -s 'v' -d 'Trace on standard error what is read, sent and received.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol" read-only' -l 'read-only' -d 'Refuse restart, shutdown, start, memdump and send.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol" color' -l 'color' -d 'Whether to use colours (default: auto). (values: auto, always, never)' -rfka 'auto always never'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol" no-pager' -l 'no-pager' -d 'Do not show long output through a pager.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol"' -s 'e' -l 'execute' -d 'Run this line as the shell would, and no shell; may be repeated.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol" keep-going' -l 'keep-going' -d 'Run on when a line of standard input, or behind -e, fails.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol" no-poll' -l 'no-poll' -d 'Do not look at the daemon from outside while nothing is typed.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol" version' -l 'version' -d 'Show the version.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_positional "smcontrol" -eq 1' -fa 'status' -d 'Show the state of the daemon and of its children.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_positional "smcontrol" -eq 1' -fa 'mstat' -d 'Show the same as status, with every queue and file system.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_positional "smcontrol" -eq 1' -fa 'help' -d 'Show the daemon\'s own help, or explain a command of smcontrol.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_positional "smcontrol" -eq 1' -fa 'memdump' -d 'Have the daemon report what its memory is used for.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_positional "smcontrol" -eq 1' -fa 'restart' -d 'Have the daemon start itself anew.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_positional "smcontrol" -eq 1' -fa 'shutdown' -d 'Have the daemon end.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_positional "smcontrol" -eq 1' -fa 'start' -d 'Run sendmail as the daemon, when none answers.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_positional "smcontrol" -eq 1' -fa 'send' -d 'Send any command, for a daemon that knows more than smcontrol.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_positional "smcontrol" -eq 1' -fa 'config' -d 'Explain the configuration: every option in force, and what set it.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_positional "smcontrol" -eq 1' -fa 'queues' -d 'Count what waits in the queue directories of the configuration.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_positional "smcontrol" -eq 1' -fa 'audit' -d 'Check how safe the control socket and the queues are, by sendmail\'s own rules.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_positional "smcontrol" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" f socket' -s 'f' -l 'socket' -d 'The control socket, instead of the one sendmail.cf names.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" C cf' -s 'C' -l 'cf' -d 'The configuration file, instead of /etc/mail/sendmail.cf.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" A' -s 'A' -d 'Read sendmail.cf (m, the default) or submit.cf (c), as sendmail\'s own option.' -rfka 'm c'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status"' -s 'O' -d 'Set an option over the configuration file, as sendmail\'s own option; may be repeated.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status"' -s 'o' -d 'The same for an option with a single letter: -oQ/var/spool/mqueue.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" timeout' -l 'timeout' -d 'How long an exchange may take (default: 10).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" format' -l 'format' -d 'How to print a reply (default: terminal on a terminal, else classic). (values: classic, terminal, json, raw)' -rfka 'classic terminal json raw'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" v verbose' -l 'verbose' -s 'v' -d 'Trace on standard error what is read, sent and received.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" read-only' -l 'read-only' -d 'Refuse restart, shutdown, start, memdump and send.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" sort' -l 'sort' -d 'Sort the children by this (default: kind, then age). (values: kind, age, cpu, peer, pid)' -rfka 'kind age cpu peer pid'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status"' -l 'kind' -d 'Show only children of this kind; may be repeated. (values: smtp-server, queue-runner, control, other)' -rfka 'smtp-server queue-runner control other'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" peer' -l 'peer' -d 'Show only children that serve an SMTP client with this in its address.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" older-than' -l 'older-than' -d 'Show only children that began longer ago: seconds, or a time such as 5m, 1h30m, 2d.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" by-peer' -l 'by-peer' -d 'Count the children by peer instead of listing them: who holds the slots.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" color' -l 'color' -d 'Whether to use colours (default: auto). (values: auto, always, never)' -rfka 'auto always never'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" no-pager' -l 'no-pager' -d 'Do not show long output through a pager.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" passive' -l 'passive' -d 'Observe the daemon without a connection.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" version' -l 'version' -d 'Show the version.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" f socket' -s 'f' -l 'socket' -d 'The control socket, instead of the one sendmail.cf names.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" C cf' -s 'C' -l 'cf' -d 'The configuration file, instead of /etc/mail/sendmail.cf.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" A' -s 'A' -d 'Read sendmail.cf (m, the default) or submit.cf (c), as sendmail\'s own option.' -rfka 'm c'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat"' -s 'O' -d 'Set an option over the configuration file, as sendmail\'s own option; may be repeated.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat"' -s 'o' -d 'The same for an option with a single letter: -oQ/var/spool/mqueue.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" timeout' -l 'timeout' -d 'How long an exchange may take (default: 10).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" format' -l 'format' -d 'How to print a reply (default: terminal on a terminal, else classic). (values: classic, terminal, json, raw)' -rfka 'classic terminal json raw'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" v verbose' -l 'verbose' -s 'v' -d 'Trace on standard error what is read, sent and received.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" read-only' -l 'read-only' -d 'Refuse restart, shutdown, start, memdump and send.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" sort' -l 'sort' -d 'Sort the children by this (default: kind, then age). (values: kind, age, cpu, peer, pid)' -rfka 'kind age cpu peer pid'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat"' -l 'kind' -d 'Show only children of this kind; may be repeated. (values: smtp-server, queue-runner, control, other)' -rfka 'smtp-server queue-runner control other'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" peer' -l 'peer' -d 'Show only children that serve an SMTP client with this in its address.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" older-than' -l 'older-than' -d 'Show only children that began longer ago: seconds, or a time such as 5m, 1h30m, 2d.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" by-peer' -l 'by-peer' -d 'Count the children by peer instead of listing them: who holds the slots.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" color' -l 'color' -d 'Whether to use colours (default: auto). (values: auto, always, never)' -rfka 'auto always never'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" no-pager' -l 'no-pager' -d 'Do not show long output through a pager.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" version' -l 'version' -d 'Show the version.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol mstat" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol help" f socket' -s 'f' -l 'socket' -d 'The control socket, instead of the one sendmail.cf names.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol help" C cf' -s 'C' -l 'cf' -d 'The configuration file, instead of /etc/mail/sendmail.cf.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol help" A' -s 'A' -d 'Read sendmail.cf (m, the default) or submit.cf (c), as sendmail\'s own option.' -rfka 'm c'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol help"' -s 'O' -d 'Set an option over the configuration file, as sendmail\'s own option; may be repeated.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol help"' -s 'o' -d 'The same for an option with a single letter: -oQ/var/spool/mqueue.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol help" timeout' -l 'timeout' -d 'How long an exchange may take (default: 10).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol help" format' -l 'format' -d 'How to print a reply (default: terminal on a terminal, else classic). (values: classic, terminal, json, raw)' -rfka 'classic terminal json raw'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol help" v verbose' -l 'verbose' -s 'v' -d 'Trace on standard error what is read, sent and received.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol help" read-only' -l 'read-only' -d 'Refuse restart, shutdown, start, memdump and send.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_positional "smcontrol help" -eq 1' -fka 'status mstat help memdump restart shutdown start send config queues audit'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol help" version' -l 'version' -d 'Show the version.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol help" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol memdump" f socket' -s 'f' -l 'socket' -d 'The control socket, instead of the one sendmail.cf names.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol memdump" C cf' -s 'C' -l 'cf' -d 'The configuration file, instead of /etc/mail/sendmail.cf.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol memdump" A' -s 'A' -d 'Read sendmail.cf (m, the default) or submit.cf (c), as sendmail\'s own option.' -rfka 'm c'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol memdump"' -s 'O' -d 'Set an option over the configuration file, as sendmail\'s own option; may be repeated.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol memdump"' -s 'o' -d 'The same for an option with a single letter: -oQ/var/spool/mqueue.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol memdump" timeout' -l 'timeout' -d 'How long an exchange may take (default: 10).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol memdump" format' -l 'format' -d 'How to print a reply (default: terminal on a terminal, else classic). (values: classic, terminal, json, raw)' -rfka 'classic terminal json raw'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol memdump" v verbose' -l 'verbose' -s 'v' -d 'Trace on standard error what is read, sent and received.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol memdump" read-only' -l 'read-only' -d 'Refuse restart, shutdown, start, memdump and send.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol memdump" output' -l 'output' -d 'Write the report to a file, readable by you alone, that appears complete or not at all; a symbolic link is not followed.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol memdump" version' -l 'version' -d 'Show the version.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol memdump" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart" f socket' -s 'f' -l 'socket' -d 'The control socket, instead of the one sendmail.cf names.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart" C cf' -s 'C' -l 'cf' -d 'The configuration file, instead of /etc/mail/sendmail.cf.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart" A' -s 'A' -d 'Read sendmail.cf (m, the default) or submit.cf (c), as sendmail\'s own option.' -rfka 'm c'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart"' -s 'O' -d 'Set an option over the configuration file, as sendmail\'s own option; may be repeated.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart"' -s 'o' -d 'The same for an option with a single letter: -oQ/var/spool/mqueue.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart" timeout' -l 'timeout' -d 'How long an exchange may take (default: 10).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart" format' -l 'format' -d 'How to print a reply (default: terminal on a terminal, else classic). (values: classic, terminal, json, raw)' -rfka 'classic terminal json raw'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart" v verbose' -l 'verbose' -s 'v' -d 'Trace on standard error what is read, sent and received.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart" read-only' -l 'read-only' -d 'Refuse restart, shutdown, start, memdump and send.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart" wait' -l 'wait' -d 'Do not believe the promise: watch until it has come true.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart" wait-timeout' -l 'wait-timeout' -d 'How long to watch (default: 90).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart" yes' -l 'yes' -d 'Do not ask in the shell whether it is meant; nowhere else is one asked.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart" version' -l 'version' -d 'Show the version.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol restart" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown" f socket' -s 'f' -l 'socket' -d 'The control socket, instead of the one sendmail.cf names.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown" C cf' -s 'C' -l 'cf' -d 'The configuration file, instead of /etc/mail/sendmail.cf.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown" A' -s 'A' -d 'Read sendmail.cf (m, the default) or submit.cf (c), as sendmail\'s own option.' -rfka 'm c'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown"' -s 'O' -d 'Set an option over the configuration file, as sendmail\'s own option; may be repeated.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown"' -s 'o' -d 'The same for an option with a single letter: -oQ/var/spool/mqueue.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown" timeout' -l 'timeout' -d 'How long an exchange may take (default: 10).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown" format' -l 'format' -d 'How to print a reply (default: terminal on a terminal, else classic). (values: classic, terminal, json, raw)' -rfka 'classic terminal json raw'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown" v verbose' -l 'verbose' -s 'v' -d 'Trace on standard error what is read, sent and received.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown" read-only' -l 'read-only' -d 'Refuse restart, shutdown, start, memdump and send.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown" wait' -l 'wait' -d 'Do not believe the promise: watch until it has come true.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown" wait-timeout' -l 'wait-timeout' -d 'How long to watch (default: 90).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown" yes' -l 'yes' -d 'Do not ask in the shell whether it is meant; nowhere else is one asked.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown" version' -l 'version' -d 'Show the version.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol shutdown" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start" f socket' -s 'f' -l 'socket' -d 'The control socket, instead of the one sendmail.cf names.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start" C cf' -s 'C' -l 'cf' -d 'The configuration file, instead of /etc/mail/sendmail.cf.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start" A' -s 'A' -d 'Read sendmail.cf (m, the default) or submit.cf (c), as sendmail\'s own option.' -rfka 'm c'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start"' -s 'O' -d 'Set an option over the configuration file, as sendmail\'s own option; may be repeated.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start"' -s 'o' -d 'The same for an option with a single letter: -oQ/var/spool/mqueue.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start" timeout' -l 'timeout' -d 'How long an exchange may take (default: 10).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start" format' -l 'format' -d 'How to print a reply (default: terminal on a terminal, else classic). (values: classic, terminal, json, raw)' -rfka 'classic terminal json raw'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start" v verbose' -l 'verbose' -s 'v' -d 'Trace on standard error what is read, sent and received.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start" read-only' -l 'read-only' -d 'Refuse restart, shutdown, start, memdump and send.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start" wait' -l 'wait' -d 'Do not believe the promise: watch until it has come true.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start" wait-timeout' -l 'wait-timeout' -d 'How long to watch (default: 90).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start" sendmail' -l 'sendmail' -d 'The sendmail program, by its absolute path: it cannot restart without.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start" version' -l 'version' -d 'Show the version.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol start" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol send" f socket' -s 'f' -l 'socket' -d 'The control socket, instead of the one sendmail.cf names.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol send" C cf' -s 'C' -l 'cf' -d 'The configuration file, instead of /etc/mail/sendmail.cf.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol send" A' -s 'A' -d 'Read sendmail.cf (m, the default) or submit.cf (c), as sendmail\'s own option.' -rfka 'm c'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol send"' -s 'O' -d 'Set an option over the configuration file, as sendmail\'s own option; may be repeated.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol send"' -s 'o' -d 'The same for an option with a single letter: -oQ/var/spool/mqueue.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol send" timeout' -l 'timeout' -d 'How long an exchange may take (default: 10).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol send" format' -l 'format' -d 'How to print a reply (default: terminal on a terminal, else classic). (values: classic, terminal, json, raw)' -rfka 'classic terminal json raw'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol send" v verbose' -l 'verbose' -s 'v' -d 'Trace on standard error what is read, sent and received.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol send" read-only' -l 'read-only' -d 'Refuse restart, shutdown, start, memdump and send.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol send" yes' -l 'yes' -d 'Do not ask in the shell whether it is meant; nowhere else is one asked.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol send" version' -l 'version' -d 'Show the version.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol send" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol config" f socket' -s 'f' -l 'socket' -d 'The control socket, instead of the one sendmail.cf names.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol config" C cf' -s 'C' -l 'cf' -d 'The configuration file, instead of /etc/mail/sendmail.cf.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol config" A' -s 'A' -d 'Read sendmail.cf (m, the default) or submit.cf (c), as sendmail\'s own option.' -rfka 'm c'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol config"' -s 'O' -d 'Set an option over the configuration file, as sendmail\'s own option; may be repeated.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol config"' -s 'o' -d 'The same for an option with a single letter: -oQ/var/spool/mqueue.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol config" timeout' -l 'timeout' -d 'How long an exchange may take (default: 10).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol config" format' -l 'format' -d 'How to print a reply (default: terminal on a terminal, else classic). (values: classic, terminal, json, raw)' -rfka 'classic terminal json raw'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol config" v verbose' -l 'verbose' -s 'v' -d 'Trace on standard error what is read, sent and received.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol config" read-only' -l 'read-only' -d 'Refuse restart, shutdown, start, memdump and send.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol config" version' -l 'version' -d 'Show the version.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol config" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" f socket' -s 'f' -l 'socket' -d 'The control socket, instead of the one sendmail.cf names.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" C cf' -s 'C' -l 'cf' -d 'The configuration file, instead of /etc/mail/sendmail.cf.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" A' -s 'A' -d 'Read sendmail.cf (m, the default) or submit.cf (c), as sendmail\'s own option.' -rfka 'm c'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues"' -s 'O' -d 'Set an option over the configuration file, as sendmail\'s own option; may be repeated.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues"' -s 'o' -d 'The same for an option with a single letter: -oQ/var/spool/mqueue.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" timeout' -l 'timeout' -d 'How long an exchange may take (default: 10).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" format' -l 'format' -d 'How to print a reply (default: terminal on a terminal, else classic). (values: classic, terminal, json, raw)' -rfka 'classic terminal json raw'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" v verbose' -l 'verbose' -s 'v' -d 'Trace on standard error what is read, sent and received.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" read-only' -l 'read-only' -d 'Refuse restart, shutdown, start, memdump and send.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" all' -l 'all' -d 'Show the client queue, of submit.cf beside the configuration file, too.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" by-domain' -l 'by-domain' -d 'Count recipients by domain and age, the most first.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" by-sender-domain' -l 'by-sender-domain' -d 'Count messages by the sender\'s domain and age.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" by-status' -l 'by-status' -d 'Count messages by why they are still here, and age.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" top' -l 'top' -d 'Show so many lines of each count (default: 20, in JSON all).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" each' -l 'each' -d 'Print a line of JSON for each queue directory, as soon as it is counted.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" passive' -l 'passive' -d 'Do not ask the daemon for its own counts.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" color' -l 'color' -d 'Whether to use colours (default: auto). (values: auto, always, never)' -rfka 'auto always never'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" no-pager' -l 'no-pager' -d 'Do not show long output through a pager.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" version' -l 'version' -d 'Show the version.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol queues" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit" f socket' -s 'f' -l 'socket' -d 'The control socket, instead of the one sendmail.cf names.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit" C cf' -s 'C' -l 'cf' -d 'The configuration file, instead of /etc/mail/sendmail.cf.' -rF
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit" A' -s 'A' -d 'Read sendmail.cf (m, the default) or submit.cf (c), as sendmail\'s own option.' -rfka 'm c'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit"' -s 'O' -d 'Set an option over the configuration file, as sendmail\'s own option; may be repeated.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit"' -s 'o' -d 'The same for an option with a single letter: -oQ/var/spool/mqueue.' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit" timeout' -l 'timeout' -d 'How long an exchange may take (default: 10).' -rfka ''
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit" format' -l 'format' -d 'How to print a reply (default: terminal on a terminal, else classic). (values: classic, terminal, json, raw)' -rfka 'classic terminal json raw'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit" v verbose' -l 'verbose' -s 'v' -d 'Trace on standard error what is read, sent and received.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit" read-only' -l 'read-only' -d 'Refuse restart, shutdown, start, memdump and send.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit" all' -l 'all' -d 'Audit submit.cf beside the configuration file, too.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit" explain' -l 'explain' -d 'Explain a rule and exit.' -rfka 'socket.not-set socket.unused socket.relative socket.path-too-long socket.unreachable socket.directory-world-writable socket.directory-group-writable socket.directory-sticky-trusted socket.directory-group-trusted socket.directory-owner socket.directory-missing socket.not-a-directory socket.link-loop socket.directory-refuses socket.symbolic-link socket.hard-links socket.executable socket.foreign-owner socket.file-refused socket.not-a-socket socket.world-writable socket.mode socket.owner socket.group socket.mode-unheeded socket.nobody-listens listener.missing listener.foreign-user listener.not-sendmail command-line.control-socket queue.not-set queue.relative queue.missing queue.no-match queue.match-skipped queue.group-outside queue.refused queue.owner queue.writable queue.open queue.parent-owner queue.parent-writable queue.parent-sticky queue.base-shared queue.debian-scheme queue.core-files queue.relative-option client-queue.not-msp client-queue.others client-queue.owner client-queue.group client-queue.file-mode privacy.mailq-open privacy.mailq-restricted'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit" color' -l 'color' -d 'Whether to use colours (default: auto). (values: auto, always, never)' -rfka 'auto always never'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit" no-pager' -l 'no-pager' -d 'Do not show long output through a pager.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit" version' -l 'version' -d 'Show the version.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol audit" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'smcontrol' -n '__smcontrol_should_offer_completions_for_flags_or_options "smcontrol help" version' -l 'version' -d 'Show the version.'
