package io.jenkins.plugins.awscicd.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Jenkinsfiles have of other plugins is left out, and said; what cannot be is named with what to do. */
class PluginsRehearsalTest {

    private Rehearsed rehearsed;

    @BeforeEach
    void start(@TempDir Path workspace) {
        rehearsed = new Rehearsed(workspace);
    }

    @AfterEach
    void stop() {
        rehearsed.close();
    }

    private List<String> echoed() {
        return rehearsed.lines().stream().filter(line -> line.startsWith("> ")).toList();
    }

    @Test
    void stepsThatTellOthersAreLeftOut() throws Exception {
        Result result = rehearsed.run("""
                node('linux') {
                    stage 'Old'
                    withSonarQubeEnv('sonar') { echo '> inside' }
                    sshagent(['key']) { echo '> agent' }
                    step([$class: 'JUnitResultArchiver', testResults: '*.xml'])
                    emailext to: 'team@example.com', subject: 'Built'
                    slackSend color: 'good', message: 'Built'
                    build job: 'other', wait: false
                    def lib = library('x')
                }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(List.of("> inside", "> agent"), echoed());
        for (String step :
                List.of("withSonarQubeEnv", "sshagent", "step", "emailext", "slackSend", "build", "library")) {
            assertTrue(
                    rehearsed.console().contains("[Rehearsal] " + step + " is left out in a rehearsal"),
                    rehearsed.console());
        }
    }

    @Test
    void blocksInContainersRunOnThisMachine() throws Exception {
        Result result = rehearsed.run("""
                podTemplate(containers: [containerTemplate(name: 'jdk', image: 'jdk', envVars: [envVar(key: 'A', value: 'b')])],
                        volumes: [emptyDirVolume(mountPath: '/cache')]) {
                    node(POD_LABEL) { container('jdk') { echo '> pod' } }
                }
                node {
                    def image = docker.build("web:${env.BUILD_NUMBER}", '.')
                    image.inside('-u root') { echo '> inside' }
                    docker.image('postgres:16').withRun('-p 5432') { c -> echo "> with ${c.id}" }
                    docker.withRegistry('https://registry.example.com', 'login') { image.push('latest') }
                }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(List.of("> pod", "> inside", "> with rehearsed"), echoed());
        assertTrue(rehearsed.console().contains("[Rehearsal] docker.build.push is left out in a rehearsal"));
    }

    @Test
    void anAgentAndOptionsOfOtherPluginsAreNoMistake() throws Exception {
        Result result = rehearsed.run("""
                pipeline {
                    agent { ecs { cpu 512; inheritFrom SOME_TEMPLATE } }
                    options { disableRestartFromStage(); withAWS(region: 'eu-west-1') }
                    stages {
                        stage('Test') {
                            matrix {
                                axes { axis { name 'OS'; values 'linux', 'mac' } }
                                agent { label "${OS}-agent" }
                                stages { stage('Unit') { steps { echo "> ${OS}" } } }
                            }
                        }
                    }
                }
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(List.of("> linux", "> mac"), echoed().stream().sorted().toList());
        assertTrue(rehearsed.console().contains("[Rehearsal] The pipeline's agent ecs is left out in a rehearsal"));
    }

    @Test
    void whatIsAskedOfARunIsAnswered() throws Exception {
        Result result = rehearsed.with("--as", "ada").run("""
                echo "> ${currentBuild.getBuildCauses('hudson.model.Cause$UserIdCause')[0].userId}"
                echo "> ${currentBuild.getBuildCauses('hudson.triggers.TimerTrigger$TimerTriggerCause').size()}"
                echo "> ${currentBuild.buildCauses[0].shortDescription}"
                echo "> ${currentBuild.upstreamBuilds.size()} ${currentBuild.absoluteUrl.endsWith('/1/')}"
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(List.of("> ada", "> 0", "> Started by user ada", "> 0 true"), echoed());
    }

    @Test
    void parametersMayBeNamedByTheirClasses() throws Exception {
        Result result = rehearsed.with("--approve", "all").run("""
                properties([[$class: 'ParametersDefinitionProperty', parameterDefinitions: [
                    [$class: 'hudson.model.StringParameterDefinition', name: 'VERSION', defaultValue: '1.2']]]])
                def answer = input message: 'Ship?', parameters: [
                    [$class: 'BooleanParameterDefinition', name: 'REALLY', defaultValue: true]]
                echo "> ${params.VERSION} ${answer}"
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(List.of("> 1.2 true"), echoed());
    }

    @Test
    void whatAPomSaysAndCredentialsOfOptionsAreThere() throws Exception {
        Result result = rehearsed
                .file(
                        "pom.xml",
                        "<project><version>1.2</version><properties><jdk>17</jdk></properties><parent><version>5</version></parent></project>")
                .terminal("LOGIN", "hunter22")
                .run("""
                        pipeline {
                            agent any
                            environment { VERSION = readMavenPom().getVersion() }
                            options { withCredentials([string(credentialsId: 'login', variable: 'LOGIN')]) }
                            stages {
                                stage('Say') {
                                    steps {
                                        script {
                                            def pom = readMavenPom file: 'pom.xml'
                                            echo "> ${VERSION} ${pom.properties.jdk} ${pom.parent.version} ${LOGIN.size()}"
                                        }
                                    }
                                }
                            }
                        }
                        """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(List.of("> 1.2 17 5 8"), echoed());
    }

    @Test
    void aStepOfALibraryCanBeSkipped() throws Exception {
        Result result = rehearsed.with("--skip", "buildPlugin").run("""
                buildPlugin(useContainerAgent: true, configurations: [[platform: 'linux', jdk: 21]])
                echo '> built'
                """);

        assertEquals(Result.SUCCESS, result, rehearsed.console());
        assertEquals(List.of("> built"), echoed());
        assertTrue(rehearsed.console().contains("[Rehearsal] buildPlugin is left out in a rehearsal"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            buildPlugin() | There is no step 'buildPlugin' in a rehearsal; if a shared library has it, say which with --library NAME=DIR, and with --skip buildPlugin it is left out (Jenkinsfile line 1)
            @Library('zot@1.0') _ | There is no library 'zot' in a rehearsal; name its directory with --library zot=DIR
            import hudson.model.Cause | there is no class hudson.model.Cause in a rehearsal, which has none of Jenkins'
            load 'deploy.groovy' | load: there is no file 'deploy.groovy' next to the Jenkinsfile (Jenkinsfile line 1)
            echo currentBuild.rawBuild.toString() | currentBuild.rawBuild is not available in a rehearsal
            currentBuild.nope(1) | There is no method 'nope' of CurrentBuild that takes these arguments
            docker.imag('x') | There is no method 'imag' of Docker that takes these arguments
            """)
    void whatIsNotThereIsNamedWithWhatToDo(String jenkinsfile, String told) throws Exception {
        Result result = rehearsed.run(jenkinsfile);

        assertEquals(Result.FAILURE, result, rehearsed.console());
        assertTrue(rehearsed.console().contains(told), rehearsed.console());
    }
}
