# Sourced by the scripts in bin/. Sets root, the directory of this checkout, whatever the current directory is.
# shellcheck shell=sh

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

# Is --help among the arguments?
help_wanted() {
    for argument; do
        case $argument in
            -h | --help) return 0 ;;
        esac
    done
    return 1
}

# What the script says of itself in its first lines.
help() {
    sed -n -e '1d' -e '/^#/!q' -e 's/^# \{0,1\}//p' "$0"
}

# Hours in which the example's prod is closed: yesterday's day of the week, so that it is open for days to come.
closed_hours() {
    case $(date -u +%u) in
        1) day=Sun ;;
        2) day=Mon ;;
        3) day=Tue ;;
        4) day=Wed ;;
        5) day=Thu ;;
        6) day=Fri ;;
        *) day=Sat ;;
    esac
    echo "$day 00:00-24:00 UTC"
}

# Maven with its progress: bars and colours on a terminal, a line for each download elsewhere.
maven() {
    if [ -t 1 ]; then "$root/bin/mvn" "$@"; else "$root/bin/mvn" -B "$@"; fi
}

# Do Jenkins' own artifacts resolve here, from the local repository or from Jenkins' Maven repository? They are not on
# Maven Central. Asked of Maven itself, which reads pom.xml, its parent, the BOM and the POM of each dependency for it, but
# takes no libraries. $why says what there is not. Arguments are passed to Maven.
jenkins_artifacts_resolve() {
    # Should a newer Maven have to be fetched, this shows it.
    "$root/bin/mvn" --version >/dev/null || exit 1
    mkdir -p "$root/target"
    jenkins_log=$root/target/jenkins-artifacts.log
    [ ! -t 2 ] || printf "Asking Maven whether Jenkins' artifacts resolve here (a minute the first time) ...\r" >&2
    # Short timeouts, because a network from which only Central can be reached may drop packets rather than refuse them.
    # -U, because Maven remembers for a day that a repository did not have something.
    answer=0
    "$root/bin/mvn" -B -U -f "$root/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:collect \
        -Daether.connector.connectTimeout=4000 -Daether.connector.requestTimeout=20000 "$@" \
        >"$jenkins_log" 2>&1 || answer=$?
    [ ! -t 2 ] || printf '\033[K' >&2
    [ "$answer" != 0 ] || return 0

    # An error in pom.xml, such as a dependency that does not exist, must not pass for a machine without Jenkins' artifacts:
    # that is one where a repository cannot be reached, or where the one that can has not even the parent or Jenkins itself.
    why=$(sed -n -E \
        -e 's/.*(Could not transfer artifact|offline mode and the artifact) ([^ ]+) .*/no \2/p' \
        -e 's/.*Could not find artifact (org\.jenkins-ci\.(plugins:plugin|main:jenkins-[a-z]+):[^ ]+) .*/no \1/p' \
        "$jenkins_log" | head -n 1)
    if [ -z "$why" ]; then
        cat "$jenkins_log" >&2
        exit 1
    fi
    return 1
}

# Compiles the engine, local AWS and the rehearsal from Maven Central, if something changed since the last time.
build_engine() {
    built=$root/target/engine/built
    if [ -e "$built" ] && [ -z "$(find "$root/src" "$root/pom-engine.xml" -newer "$built" | head -n 1)" ]; then
        return
    fi
    # The first time Maven downloads libraries, and shows it; later it takes seconds, and a line will do.
    quiet=-q
    [ -e "$built" ] || quiet=
    echo 'Building local AWS and the rehearsal ...' >&2
    mkdir -p "$root/target/engine"
    # Stamped with the time before the build: what changes during it counts as changed. Another script may build at the same time.
    touch "$built.next.$$"
    # shellcheck disable=SC2086 # none or one argument
    maven $quiet -f "$root/pom-engine.xml" process-test-classes >&2
    mv "$built.next.$$" "$built"
}

# Runs the class $1 of the engine's tests in place of this script, so that signals and the exit code are its own, in a Java that gets
# the options in $java_options.
exec_engine() {
    class_path=$root/target/engine/test-classes:$root/target/engine/classes:$(cat "$root/target/engine/classpath")
    # shellcheck disable=SC2086 # several options, or none
    exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${java_options:-} -cp "$class_path" "$@"
}
