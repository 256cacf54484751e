package io.jenkins.plugins.awscicd.engine.codedeploy.appspec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.bundle.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An AppSpec, as far as it can be checked before anything is uploaded or deployed
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html">AppSpec file reference</a>).
 * One for instances is checked by the rules of the agent that reads it there
 * (<a href="https://github.com/aws/aws-codedeploy-agent">aws-codedeploy-agent</a>): what each version of it refuses is a
 * problem, what it takes otherwise than one would think, or only some versions take, is a doubt.
 */
public final class AppSpec {

    private final Findings findings = new Findings();
    private InstallCheck install;
    private String fileExistsBehavior;
    private boolean windows;

    private AppSpec() {}

    /** The AppSpec of a revision that the agent installs on instances. */
    @NonNull
    public static AppSpec ofInstances(@NonNull String content) {
        AppSpec appSpec = new AppSpec();
        Map<?, ?> root = Document.read(content, "version, os, files and hooks", appSpec.findings);
        if (root == null) {
            return appSpec;
        }
        if (Document.anyCase(root, "resources") != null && root.get("os") == null) {
            appSpec.findings.problem(
                    "is for ECS or Lambda, as it has Resources and no os; such an AppSpec is deployed as it is:"
                            + " revision: [appSpec: readFile('…')]");
            return appSpec;
        }
        appSpec.read(root);
        return appSpec;
    }

    /** The AppSpec of a deployment to Amazon ECS or AWS Lambda, in YAML or JSON. */
    @NonNull
    public static AppSpec ofResources(@NonNull String content) {
        AppSpec appSpec = new AppSpec();
        Map<?, ?> root = Document.read(content, "version and Resources", appSpec.findings);
        if (root != null) {
            new ResourceRules(appSpec.findings).read(root);
        }
        return appSpec;
    }

    private void read(Map<?, ?> root) {
        Object version = root.get("version");
        if (!isZero(version)) {
            String said = version instanceof String text ? '"' + text + '"' : String.valueOf(version);
            findings.problem("has version " + said + "; AWS only accepts version: 0.0");
        }
        Object os = root.get("os");
        if (!"linux".equals(os) && !"windows".equals(os)) {
            findings.problem((os == null ? "has no os" : "has the os '" + os + "'") + "; use os: linux or os: windows");
        }
        windows = "windows".equals(os);
        InstanceRules rules = new InstanceRules(findings, windows);
        rules.sections(root);
        ArrayList<InstallCheck.Copy> copies = rules.files(root.get("files"));
        ArrayList<InstallCheck.Script> scripts = rules.hooks(root.get("hooks"));
        ArrayList<InstallCheck.Permission> permissions =
                new PermissionRules(findings, windows).read(root.get("permissions"));
        Object behavior = root.get("file_exists_behavior");
        if (behavior != null && !List.of("DISALLOW", "OVERWRITE", "RETAIN").contains(behavior)) {
            findings.problem(
                    "has the file_exists_behavior " + behavior + "; use DISALLOW, OVERWRITE or RETAIN, in capitals");
        }
        fileExistsBehavior = behavior == null ? null : behavior.toString();
        install = new InstallCheck(windows, copies, scripts, permissions);
    }

    static boolean isZero(@CheckForNull Object version) {
        return version instanceof Number number && number.doubleValue() == 0
                || version instanceof Document.Octal octal && octal.value().equals(0);
    }

    /** What is wrong with it or doubtful, whatever the revision's files are. */
    @NonNull
    public Findings findings() {
        return findings;
    }

    /** What is wrong with it or doubtful in view of the revision's files; null if it does not say enough. */
    @CheckForNull
    public Look<Findings> install() {
        return install;
    }

    /** Whether it is for instances with Windows. */
    public boolean forWindows() {
        return windows;
    }

    /** What becomes of files that are in the way, whatever the deployment itself says; null if that is not said. */
    @CheckForNull
    public String fileExistsBehavior() {
        return fileExistsBehavior;
    }
}
