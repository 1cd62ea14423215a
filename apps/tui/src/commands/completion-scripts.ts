import type { Shell } from "./completion-shells.ts";

// Each script asks the program for what can come next: `complete -- =WORD BEFORE…`, where WORD is what is being typed. Its `=`
// keeps an empty word from being dropped, as Windows PowerShell does. It prints a word a line with its meaning behind a tab, and
// `:files` where a file's name can come, too. What was typed is never evaluated.

const bash = `# bash completion of install-summary. Load it with: source <(install-summary completion bash)
_install_summary() {
  local -a words=()
  local index word line files=''
  # bash takes "--output=json" for three words; the program takes it for one.
  for ((index = 1; index <= COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if ((\${#words[@]})) && [[ $word == [=:] || \${COMP_WORDS[index - 1]} == [=:] ]]; then
      words[\${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
  done
  local current=\${words[\${#words[@]} - 1]}
  unset "words[\${#words[@]} - 1]"
  # Only what follows the last "=" or ":" is replaced.
  local kept=\${current%"\${current##*[=:]}"}
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      files=yes
    else
      line=\${line%%$'\\t'*}
      COMPREPLY+=("\${line#"$kept"}")
    fi
  done < <(install-summary complete -- "=$current" \${words[@]+"\${words[@]}"} 2>/dev/null)
  if [[ $files ]]; then compopt -o default; fi
  if ((\${#COMPREPLY[@]} == 1)) && [[ \${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi
}
complete -F _install_summary install-summary
`;

const zsh = `#compdef install-summary
# zsh completion of install-summary. Load it after compinit with: source <(install-summary completion zsh)
_install_summary() {
  local line word files=''
  local -a whole open
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      files=yes
      continue
    fi
    word=\${line%%$'\\t'*}
    # A colon parts a word from its meaning.
    line=\${word//:/\\\\:}:\${line#*$'\\t'}
    if [[ $word == *= ]]; then open+=("$line"); else whole+=("$line"); fi
  done < <(install-summary complete -- "=\${words[CURRENT]}" "\${(@)words[2,CURRENT-1]}" 2>/dev/null)
  if (( $#whole )); then _describe -V 'install-summary' whole; fi
  if (( $#open )); then _describe -V 'counter' open -S ''; fi
  if [[ -n $files ]]; then _files; fi
}
if [[ $funcstack[1] == _install_summary ]]; then
  _install_summary "$@"
else
  compdef _install_summary install-summary
fi
`;

const fish = `# fish completion of install-summary. Load it with: install-summary completion fish | source
function __install_summary_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -e before[1]
    for line in (install-summary complete -- "=$current" $before 2>/dev/null)
        if test "$line" = ':files'
            __fish_complete_path "$current"
        else
            echo $line
        end
    end
end
complete -c install-summary -f -a '(__install_summary_complete)'
`;

const pwsh = `# PowerShell completion of install-summary. Load it with: install-summary completion pwsh | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName 'install-summary' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements |
        Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text })
    & install-summary complete '--' "=$wordToComplete" @before 2>$null |
        Where-Object { $_ -ne ':files' } |
        ForEach-Object {
            $word, $meaning = $_ -split "\`t", 2
            if (-not $meaning) { $meaning = $word }
            [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $meaning)
        }
}
`;

/** The script that a shell loads. */
export const completionScripts: Readonly<Record<Shell, string>> = { bash, zsh, fish, pwsh };
