#!/bin/sh
# The whole build of the example. Wants a JDK 17 or newer and nothing else.
#
# usage: ./build.sh compile | test | package VERSION
set -eu
cd "$(dirname -- "$0")"

compile() {
    mkdir -p target/classes
    javac --release 17 -Xlint:all -d target/classes src/main/java/web/*.java
}

case ${1:-} in
    compile)
        compile
        ;;
    test)
        compile
        mkdir -p target/test-classes
        javac --release 17 -Xlint:all -cp target/classes -d target/test-classes src/test/java/web/*.java
        java -cp target/classes:target/test-classes web.SiteTest target/test-reports/TEST-web.SiteTest.xml
        ;;
    package)
        version=${2:?a version is needed, for example 1.0.7}
        compile
        echo "$version" >target/classes/version.txt
        jar --create --file target/web.jar --main-class web.Main -C target/classes .
        echo "target/web.jar, version $version"
        ;;
    *)
        sed -n 's/^# usage: /usage: /p' build.sh >&2
        exit 2
        ;;
esac
