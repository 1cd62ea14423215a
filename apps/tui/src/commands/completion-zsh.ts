/** The script for zsh, which quotes what it inserts; see completion-scripts.ts. */
export const zshScript = `#compdef install-summary
# zsh completion of install-summary. Load it after compinit with: source <(install-summary completion zsh)
_install_summary() {
  local line word files=''
  local -a whole open
  while IFS= read -r line; do
    if [[ $line == :files* ]]; then
      files=\${line#:}
      continue
    fi
    word=\${line%%$'\\t'*}
    # A colon parts a word from its meaning.
    line=\${\${word//\\\\/\\\\\\\\}//:/\\\\:}:\${line#*$'\\t'}
    if [[ $word == *= ]]; then open+=("$line"); else whole+=("$line"); fi
  done < <(install-summary complete -- "=\${(Q)PREFIX}" "\${(@Q)words[2,CURRENT-1]}" 2>/dev/null)
  if (( $#whole )); then _describe -V 'install-summary' whole; fi
  if (( $#open )); then _describe -V 'counter' open -S ''; fi
  if [[ $files == *@ ]]; then compset -P '@'; fi
  if [[ -n $files ]]; then _files; fi
}
if [[ $funcstack[1] == _install_summary ]]; then
  _install_summary "$@"
else
  compdef _install_summary install-summary
fi
`;
