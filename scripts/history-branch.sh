#!/usr/bin/env bash
# Keeps the benchmark history on a branch of its own, which shares no commit with the code.
#   scripts/history-branch.sh open <directory>   checks the branch out there; where there is none yet, begins it
#   scripts/history-branch.sh push <directory>   commits what is new there and pushes it
# HISTORY_BRANCH names the branch, HISTORY_REMOTE the remote.
set -euo pipefail

branch=${HISTORY_BRANCH:-benchmark-history}
remote=${HISTORY_REMOTE:-origin}
export GIT_AUTHOR_NAME=${GIT_AUTHOR_NAME:-nightly} GIT_AUTHOR_EMAIL=${GIT_AUTHOR_EMAIL:-nightly@localhost}
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL

open() {
  local found=0
  git ls-remote --exit-code --heads "$remote" "refs/heads/$branch" >/dev/null || found=$?
  case $found in
    0)
      git fetch --quiet --depth=1 "$remote" "+refs/heads/$branch:refs/remotes/$remote/$branch"
      git worktree add --quiet -B "$branch" "$1" "refs/remotes/$remote/$branch"
      ;;
    # No such branch; any other code means that the remote did not answer, which is no reason to begin anew.
    2) git worktree add --quiet -B "$branch" "$1" "$(git commit-tree "$(git mktree </dev/null)" -m 'Begin the history')" ;;
    *) exit "$found" ;;
  esac
}

push() {
  git -C "$1" add --all
  if git -C "$1" diff --cached --quiet; then
    echo 'Nothing new in the history.'
  else
    git -C "$1" commit --quiet --message "Add the run of $(date -u +%F)"
  fi
  git -C "$1" push --quiet "$remote" "HEAD:refs/heads/$branch"
}

case "${1:-} ${2:+directory}" in
  'open directory') open "$2" ;;
  'push directory') push "$2" ;;
  *)
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
