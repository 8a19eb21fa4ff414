# Completes the commands of tutti in zsh, after compinit: source <(tutti completion zsh)
_tutti() {
  local -a candidates
  candidates=("${(@f)$(${words[1]} complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  candidates=(${candidates:#})
  if (( ${#candidates} )); then
    compadd -- "${candidates[@]}"
  else
    _files
  fi
}
compdef _tutti tutti ./tutti
