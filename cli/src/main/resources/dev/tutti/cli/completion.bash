# Completes the commands of tutti in bash: source <(tutti completion bash)
_tutti() {
  local line=${COMP_LINE:0:COMP_POINT} words current kept candidate
  read -ra words <<<"$line"
  [[ $line != *[[:space:]] ]] || words+=("")
  current=${words[${#words[@]} - 1]}
  COMPREPLY=()
  # bash begins a word anew after these two, so what stands before is not for us to say again.
  kept=${current%"${current##*[:=]}"}
  while IFS= read -r candidate; do
    [[ -z $candidate ]] || COMPREPLY+=("${candidate#"$kept"}")
  done < <("${words[0]}" complete -- "${words[@]:1}" 2>/dev/null)
}
complete -o default -F _tutti tutti ./tutti
