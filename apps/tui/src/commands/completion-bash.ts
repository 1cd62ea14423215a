/** The script for bash; see completion-scripts.ts. */
export const bashScript = `# bash completion of install-summary. Load it with: source <(install-summary completion bash)
_install_summary() {
  # bash parts "--output=json" and "@file" at their signs; the program takes each for one word.
  local -a words=()
  local index word blank rest=\${COMP_LINE:0:COMP_POINT}
  rest=\${rest#*"\${COMP_WORDS[0]}"}
  for ((index = 1; index <= COMP_CWORD; index++)); do
    blank=\${rest%%[![:space:]]*}
    rest=\${rest#"$blank"}
    word=\${COMP_WORDS[index]}
    if ((index == COMP_CWORD)); then word=$rest; fi
    if [[ $blank ]]; then words+=("$word"); else words[\${#words[@]} - 1]+=$word; fi
    rest=\${rest#"$word"}
  done
  local current=\${words[\${#words[@]} - 1]}
  unset "words[\${#words[@]} - 1]"

  # Only $2, the end of the word, is replaced. It may stand in open quotes.
  local kept=\${current%"$2"} typed=$2 quote=''
  case $kept in
    *[\\'\\"]) quote=\${kept: -1} kept=\${kept%?} ;;
  esac
  if [[ $quote != \\' ]]; then typed=\${typed//\\\\/}; fi
  kept=\${kept//\\\\/}
  COMPREPLY=()
  # What is quoted in more parts is not understood here.
  if [[ $kept$typed == *[\\'\\"]* ]]; then return; fi

  local -a found=()
  local files=''
  while IFS= read -r word; do
    case $word in
      :files) files=yes ;;
      :files@)
        while IFS= read -r word; do
          if [[ -d $word ]]; then word+=/; fi
          found+=("@$word")
        done < <(compgen -f -- "\${typed#@}")
        ;;
      *) found+=("\${word%%$'\\t'*}") ;;
    esac
  done < <(install-summary complete -- "=$kept$typed" \${words[@]+"\${words[@]}"} 2>/dev/null)

  for word in \${found[@]+"\${found[@]}"}; do
    word=\${word#"$kept"}
    case $quote in
      '') printf -v word %q "$word" ;;
      \\') if [[ $word == *\\'* ]]; then continue; fi ;;
      *) if [[ $word == *[\\"\\$\\\`\\\\!]* ]]; then continue; fi ;;
    esac
    COMPREPLY+=("$word")
  done
  if [[ $files ]]; then compopt -o default; fi
  if ((\${#COMPREPLY[@]} == 1)) && [[ \${COMPREPLY[0]} == *[=/] ]]; then compopt -o nospace; fi
}
complete -F _install_summary install-summary
`;
