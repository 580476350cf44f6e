// The completion scripts: commands, flags and fixed values stand in them, made from the commands' tables; the rest they ask for.
import type { CommandTable } from '../arguments/CommandTable.ts'
import type { Values } from '../arguments/parseArguments.ts'
import { shellWords } from '../text/shellQuoted.ts'

export interface ScriptInput {
  readonly tables: ReadonlyArray<CommandTable>
  /** how this very command is started, program first */
  readonly command: ReadonlyArray<string>
}

const positionalAt = ({ positionals }: CommandTable, i: number): Values | undefined => positionals[i]?.values

/** Shell code that offers values: `_radiograft_words w1 w2`, `_radiograft_ask run`, files or folders. */
const offer = (values: Values | undefined): string =>
  values === undefined
    ? ':'
    : typeof values !== 'string'
      ? `_radiograft_words ${shellWords(values)}`
      : values === 'folder'
        ? '_radiograft_paths -d'
        : values === 'file'
          ? '_radiograft_paths -f'
          : `_radiograft_ask ${values}`

const head = (shell: string): string =>
  [
    `# radiograft, completion for ${shell}; made by \`radiograft completion ${shell}\` from the tables of its commands.`,
  ].join('\n')

const flagsOf = ({ flags }: CommandTable): ReadonlyArray<string> => flags.map(({ name }) => `--${name}`)
const valued = ({ flags }: CommandTable): ReadonlyArray<string> =>
  flags.filter(({ value }) => value !== undefined).map(({ name }) => `--${name}`)

/** `case` of a command: the value of the flag before the cursor, a flag, or the positional at hand. */
const bashCase = (table: CommandTable): string => {
  const flagCases = table.flags
    .filter(({ value }) => value !== undefined)
    .map(({ name, values }) => `        --${name}) ${offer(values)}; return ;;`)
  const places = table.positionals.map((_, i) => `        ${i}) ${offer(positionalAt(table, i))} ;;`)
  return [
    `    ${table.name})`,
    `      valued=" ${valued(table).join(' ')} "`,
    ...(flagCases.length > 0 ? ['      case "$flag" in', ...flagCases, '      esac'] : []),
    `      if [[ $current == -* ]]; then _radiograft_words ${shellWords(flagsOf(table))}; return; fi`,
    ...(places.length > 0 ? ['      case $(_radiograft_place) in', ...places, '      esac'] : []),
    '      ;;',
  ].join('\n')
}

/** What bash and zsh read alike. */
const shellBody = ({ command }: Pick<ScriptInput, 'command'>): string => `
if ! type radiograft >/dev/null 2>&1; then
  radiograft() { ${shellWords(command)} "$@"; }
fi

# names that the workspace knows, one a line
_radiograft_candidates() { ${shellWords(command)} completion candidates "$@" 2>/dev/null; }

# how many words stand before the cursor that are neither flags nor their values
_radiograft_place() {
  local i n=0
  for ((i = 2; i < cword; i++)); do
    case \${words[i]} in
      -*=*) ;;
      -*) [[ $valued == *" \${words[i]} "* ]] && ((i++)) ;;
      *) ((n++)) ;;
    esac
  done
  echo $n
}`

export const bashScript = (input: ScriptInput): string => `${head('bash')}
${shellBody(input)}

# read line by line: a name may hold what the shell would take for a pattern, such as [fold=0]
_radiograft_lines() {
  local line
  lines=()
  while IFS= read -r line; do lines+=("$line"); done
}
_radiograft_ask() {
  local lines
  _radiograft_lines < <(_radiograft_candidates "$1" "\${words[@]:1:cword-1}")
  _radiograft_reply "\${lines[@]}"
}
_radiograft_reply() {
  local word
  for word in "$@"; do
    if [[ $word == "$current"* ]]; then
      word=$(printf '%q' "$word")
      # bash replaces what stands after the last = or : alone
      COMPREPLY+=("\${word#"$before"}")
    fi
  done
}
_radiograft_words() { _radiograft_reply "$@"; }
_radiograft_paths() {
  local lines
  compopt -o filenames 2>/dev/null
  _radiograft_lines < <(compgen "$1" -- "$current")
  COMPREPLY=("\${lines[@]}")
}

_radiograft() {
  local IFS=$' \\t\\n'
  # words divided at spaces alone: bash itself divides them at = and : too
  local line=\${COMP_LINE:0:COMP_POINT} words cword current flag before= valued
  read -ra words <<<"$line"
  if [[ $line == *' ' ]]; then words+=(''); fi
  cword=$((\${#words[@]} - 1))
  current=\${words[cword]}
  flag=\${words[cword - 1]}
  COMPREPLY=()
  if [[ $current == --*=* ]]; then
    flag=\${current%%=*}
    current=\${current#*=}
  fi
  if [[ $current == *[=:]* ]]; then before=\${current%"\${current##*[=:]}"}; fi
  # as it is meant, without the shell's backslashes
  current=\${current//\\\\/}
  if ((cword == 1)); then
    _radiograft_words help ${shellWords(input.tables.map(({ name }) => name))} --help
    return
  fi
  case \${words[1]} in
    help) if ((cword == 2)); then _radiograft_words ${shellWords(input.tables.map(({ name }) => name))}; fi ;;
${input.tables.map(bashCase).join('\n')}
  esac
}
complete -F _radiograft radiograft
`

export const zshScript = (input: ScriptInput): string => `#compdef radiograft
${head('zsh')}
${shellBody(input)}

_radiograft_ask() {
  local IFS=$'\\n'
  # with arrays from 0, \${(@)asked} would be the first word alone
  compadd -- $(_radiograft_candidates "$1" "\${asked[@]}")
}
_radiograft_words() { compadd -- "$@"; }
_radiograft_paths() { if [[ $1 == -d ]]; then _files -/; else _files; fi }

_radiograft() {
  # arrays from 0, as in bash
  setopt localoptions ksharrays shwordsplit
  local current flag valued cword=$((CURRENT - 1))
  local -a asked
  current=\${words[cword]}
  flag=\${words[cword - 1]}
  asked=("\${(@)words[1,cword-1]}")
  if [[ $current == --*=* ]]; then
    flag=\${current%%=*}
    compset -P '*='
  fi
  if ((cword == 1)); then
    _radiograft_words help ${shellWords(input.tables.map(({ name }) => name))} --help
    return
  fi
  case \${words[1]} in
    help) if ((cword == 2)); then _radiograft_words ${shellWords(input.tables.map(({ name }) => name))}; fi ;;
${input.tables.map(bashCase).join('\n')}
  esac
}
compdef _radiograft radiograft
`

const fishQuoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const fishValues = (values: Values | undefined): string =>
  values === undefined
    ? '-x'
    : typeof values !== 'string'
      ? `-x -a ${fishQuoted(values.join(' '))}`
      : values === 'folder'
        ? "-x -a '(__fish_complete_directories)'"
        : values === 'file'
          ? '-r -F'
          : `-x -a '(__radiograft_candidates ${values})'`

const fishCommand = (table: CommandTable): ReadonlyArray<string> => {
  const seen = `-n '__fish_seen_subcommand_from ${table.name}'`
  return [
    `complete -c radiograft -n __fish_use_subcommand -a ${table.name} -d ${fishQuoted(table.line)}`,
    ...table.flags.map(
      ({ name, value, values, doc }) =>
        `complete -c radiograft ${seen} -l ${name}${value === undefined ? '' : ` ${fishValues(values)}`} -d ${fishQuoted(doc)}`,
    ),
    ...table.positionals.map(
      ({ values }, i) =>
        `complete -c radiograft -n '__fish_seen_subcommand_from ${table.name}; and test (__radiograft_place ${valued(table).join(' ')}) -eq ${i}' ${
          values === 'file' || values === 'folder' ? '-F' : fishValues(values).replace(/^-x/, '-f')
        }`,
    ),
  ]
}

export const fishScript = ({ tables, command }: ScriptInput): string => `${head('fish')}
if not type -q radiograft
    function radiograft
        ${shellWords(command)} $argv
    end
end

# names that the workspace knows, one a line
function __radiograft_candidates
    set -l words (commandline -opc)
    ${shellWords(command)} completion candidates $argv $words[2..] 2>/dev/null
end

# how many words stand before the cursor that are neither flags nor their values, which are given as arguments
function __radiograft_place
    set -l n 0
    set -l skip 0
    for word in (commandline -opc)[3..]
        if test $skip -eq 1
            set skip 0
        else if string match -q -- '-*=*' $word
            continue
        else if string match -q -- '-*' $word
            contains -- $word $argv; and set skip 1
        else
            set n (math $n + 1)
        end
    end
    echo $n
end

complete -c radiograft -f
complete -c radiograft -n __fish_use_subcommand -a help -d 'what a command takes'
complete -c radiograft -n '__fish_seen_subcommand_from help' -a ${fishQuoted(tables.map(({ name }) => name).join(' '))}
${tables.flatMap(fishCommand).join('\n')}
`
