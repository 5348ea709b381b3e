# What the scripts in this folder share: where the jars are, in the project and in a release, and which Java
# and Spark go together. They source it after setting "root" to the folder of Unroll. As all of them, it
# keeps to what bash 3.2 and the other programs of macOS know.
# shellcheck shell=bash disable=SC2154,SC2034

# A release has its application jar in lib/; the project, what Maven builds.
if [ -d "$root/lib" ]; then
  jars=$root/lib
  spark_jars=$root/spark/jars
else
  jars=$root/driver/target
  spark_jars=$root/driver/target/spark/jars
fi
spark_jars=${UNROLL_SPARK_JARS:-$spark_jars}

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# How to come by what is not there: words for "Cannot ...", and the name of what is missing.
fail_without() {
  if [ -d "$root/lib" ]; then
    fail "Cannot $1: this release has no ${2#"$root"/}. Set SPARK_HOME to an installation of Spark, or take the release that has Spark in it"
  else
    fail "Cannot $1: ${2#"$root"/} is missing. Build it first, in $root:" "  mvn -DskipTests package"
  fi
}

application_jar() {
  if [ -n "${UNROLL_JAR:-}" ]; then
    [ -f "$UNROLL_JAR" ] || fail "Cannot start Unroll: there is no $UNROLL_JAR (UNROLL_JAR)"
    case "$UNROLL_JAR" in
      /*) printf '%s' "$UNROLL_JAR" ;;
      *) printf '%s' "$PWD/$UNROLL_JAR" ;;
    esac
    return
  fi
  local found=("$jars"/unroll-driver-*-app.jar)
  [ -f "${found[0]}" ] || fail_without "start Unroll" "$jars/unroll-driver-VERSION-app.jar"
  printf '%s' "${found[0]}"
}

java_command() {
  local java=java
  [ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
  command -v "$java" > /dev/null || fail "Cannot start Unroll: no Java found (expected 17 or later on the PATH or in JAVA_HOME)"
  printf '%s' "$java"
}

# The feature release of a Java, such as 17, from the file beside it that says so, or by asking it. Nothing if
# neither does.
java_release() {
  local line
  if [ -f "${1%/bin/java}/release" ]; then
    line=$(grep '^JAVA_VERSION=' "${1%/bin/java}/release" || true)
  else
    line=$("$1" -version 2>&1 | grep ' version "' || true)
  fi
  [[ ! $line =~ \"(1\.)?([0-9]+) ]] || printf '%s' "${BASH_REMATCH[2]}"
}

# The version of the Spark whose jars are in a folder, such as 3.5.9. Nothing if they are not there.
spark_version() {
  local found=("$1"/spark-core_*.jar) name
  [ -f "${found[0]}" ] || return 0
  name=${found[0]##*/spark-core_}
  name=${name#*-}
  printf '%s' "${name%.jar}"
}

# Fails if a Java of some release is too old for Unroll, or too new for a version of Spark. Release and version
# may be unknown.
require_java() {
  local java=$1 release=$2 spark=$3
  [ -n "$release" ] || return 0
  [ "$release" -ge 17 ] ||
    fail "Cannot start Unroll: $java is Java $release (expected 17 or later). Set JAVA_HOME to such a Java"
  [ "$release" -lt 24 ] || [ -z "$spark" ] || [[ $spark =~ ^(4\.([2-9]|[1-9][0-9])|[5-9])([^0-9]|$) ]] ||
    fail "Cannot use Spark $spark on Java $release (expected Spark 3.5 to 4.1 with Java 17 or 21; Java 24 and later need Spark 4.2). Set JAVA_HOME to such a Java, or SPARK_HOME to such a Spark"
}
