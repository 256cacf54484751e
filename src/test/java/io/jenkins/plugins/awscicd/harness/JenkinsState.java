package io.jenkins.plugins.awscicd.harness;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import hudson.ExtensionList;
import hudson.Util;
import hudson.console.ConsoleAnnotatorFactory;
import hudson.logging.LogRecorder;
import hudson.model.Computer;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.JDK;
import hudson.model.Node;
import hudson.model.User;
import hudson.model.View;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import hudson.security.AuthorizationStrategy;
import hudson.security.Permission;
import hudson.security.SecurityRealm;
import hudson.security.csrf.CrumbIssuer;
import hudson.util.XStream2;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.StageUses;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import jenkins.security.UserDetailsCache;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * What a Jenkins was when it had just started. Puts back what tests have set since, and says what is otherwise nevertheless: what it
 * knows how to put back is what tests set today, what it compares is all that Jenkins keeps.
 */
final class JenkinsState {

    private static final List<Class<?>> EXTENDED = List.of(
            Descriptor.class, ItemListener.class, RunListener.class, ConsoleAnnotatorFactory.class, StageUses.class);

    private final JenkinsRule rule;
    private final Jenkins jenkins;
    private final CrumbIssuer crumbIssuer;
    private final int executors;
    private final List<JDK> jdks;
    private final View primaryView;
    private final boolean strict;
    private final List<LogRecorder> recorders;
    private final Properties properties;
    private final Map<Permission, Boolean> permissions;
    private final Map<Class<?>, List<Object>> extensions = new HashMap<>();
    private final Map<String, String> configuration;
    private final String ofJenkins;
    private final Map<Thread, String> threads;

    private JenkinsState(JenkinsRule rule) throws Exception {
        this.rule = rule;
        jenkins = rule.jenkins;
        crumbIssuer = jenkins.getCrumbIssuer();
        executors = jenkins.getNumExecutors();
        jdks = List.copyOf(jenkins.getJDKs());
        primaryView = jenkins.getPrimaryView();
        strict = DescribableModel.STRICT_PARAMETER_CHECKING;
        recorders = List.copyOf(jenkins.getLog().getRecorders());
        properties = (Properties) System.getProperties().clone();
        permissions = Permission.getAll().stream().collect(Collectors.toMap(it -> it, Permission::getEnabled));
        EXTENDED.forEach(type -> extensions.put(type, new ArrayList<>(ExtensionList.lookup(type))));
        configuration = configuration();
        threads = servers();
        putBack(); // what is set may be written otherwise than what has never been set
        ofJenkins = Jenkins.XSTREAM2.toXML(jenkins);
    }

    private JenkinsState(JenkinsState before, JenkinsRule rule) {
        this.rule = rule;
        jenkins = rule.jenkins;
        crumbIssuer = jenkins.getCrumbIssuer(); // the harness sets one at each start
        executors = before.executors;
        jdks = before.jdks; // the harness adds one at each start
        primaryView = Objects.requireNonNull(jenkins.getView(before.primaryView.getViewName()));
        strict = before.strict;
        recorders = List.copyOf(jenkins.getLog().getRecorders());
        properties = before.properties;
        permissions = before.permissions;
        EXTENDED.forEach(type -> extensions.put(type, new ArrayList<>(ExtensionList.lookup(type))));
        configuration = before.configuration;
        threads = before.threads;
        ofJenkins = before.ofJenkins;
    }

    /** The state that it has now. */
    static JenkinsState of(JenkinsRule rule) {
        try {
            return new JenkinsState(rule);
        } catch (Exception e) {
            throw new IllegalStateException("A new Jenkins cannot be cleaned up", e);
        }
    }

    /** The same state, for a Jenkins that was started anew with the files of this one. */
    JenkinsState after(JenkinsRule restart) {
        return new JenkinsState(this, restart);
    }

    void putBack() throws Exception {
        closePages();
        jenkins.setQuietPeriod(0);
        jenkins.getQueue().clear();
        RunningBuilds.end(jenkins);
        forget(); // before jobs are deleted, of which nobody is to take note
        for (Item item : List.copyOf(jenkins.getItems())) {
            item.delete();
        }
        RunningBuilds.forgetLogs();
        for (Node node : List.copyOf(jenkins.getNodes())) {
            jenkins.removeNode(node);
        }
        deleteWorkspaces();
        jenkins.setPrimaryView(primaryView);
        for (View view : List.copyOf(jenkins.getViews())) {
            if (view != primaryView) {
                jenkins.deleteView(view);
            }
        }
        jenkins.setNumExecutors(executors);
        jenkins.setJDKs(jdks);
        jenkins.setLabelString("");
        jenkins.setMode(Node.Mode.NORMAL);
        jenkins.setSystemMessage("");
        jenkins.setDisabledAdministrativeMonitors(Set.of());
        jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        jenkins.setCrumbIssuer(crumbIssuer);
        jenkins.getLog().setRecorders(recorders);
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        for (User user : List.copyOf(User.getAll())) {
            user.delete();
        }
        UserDetailsCache.get().invalidateAll();
        SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
        credentials.setDomainCredentialsMap(Map.of(Domain.global(), List.of()));
        credentials.save();
        extensions.forEach((type, known) -> {
            List<Object> added = new ArrayList<>(ExtensionList.lookup(type));
            added.removeAll(known);
            added.forEach(ExtensionList.lookup(type)::remove);
        });
        permissions.forEach(Permission::setEnabled);
        DescribableModel.STRICT_PARAMETER_CHECKING = strict;
        putBackProperties();
        putBackConfiguration();
    }

    /** The jobs and agents of other classes have the same names, and would find files there. */
    private void deleteWorkspaces() throws IOException {
        List<File> workspaces = new ArrayList<>(List.of(new File(jenkins.getRootDir(), "workspace")));
        File[] agents = new File(jenkins.getRootDir(), "agent-work-dirs").listFiles();
        for (File agent : agents == null ? new File[0] : agents) {
            workspaces.add(new File(agent, "workspace"));
        }
        for (File workspace : workspaces) {
            if (workspace.exists()) {
                Util.deleteRecursive(workspace);
            }
        }
    }

    /** What tests have opened in Jenkins' pages, which goes on with its scripts as long as it is open. */
    private void closePages() throws ReflectiveOperationException {
        Field field = JenkinsRule.class.getDeclaredField("clients");
        field.setAccessible(true);
        List<?> clients = (List<?>) field.get(rule);
        for (Object client : List.copyOf(clients)) {
            ((JenkinsRule.WebClient) client).close();
        }
        clients.clear();
    }

    private void putBackProperties() {
        for (String name : System.getProperties().stringPropertyNames()) {
            if (properties.getProperty(name) == null
                    && name.matches("(hudson|jenkins|io\\.jenkins|org\\.jenkinsci|aws)\\..*")) {
                System.clearProperty(name);
            }
        }
        for (String name : properties.stringPropertyNames()) {
            System.setProperty(name, properties.getProperty(name));
        }
    }

    private static Map<String, String> configuration() {
        Map<String, String> configuration = new TreeMap<>();
        for (GlobalConfiguration each : GlobalConfiguration.all()) {
            configuration.put(each.getId(), Jenkins.XSTREAM2.toXML(each));
        }
        return configuration;
    }

    private void putBackConfiguration() {
        for (GlobalConfiguration each : GlobalConfiguration.all()) {
            String before = configuration.get(each.getId());
            if (before != null && !before.equals(Jenkins.XSTREAM2.toXML(each))) {
                HierarchicalStreamReader reader = XStream2.getDefaultDriver().createReader(new StringReader(before));
                Jenkins.XSTREAM2.unmarshal(reader, each, null, true);
                each.save();
            }
        }
    }

    /** What the plugin keeps itself: deployments, and what its engine knows of accounts. */
    private void forget() throws IOException {
        ExtensionList.lookupSingleton(AwsConnections.BeforeShutdown.class).onBeforeShutdown();
        replace(AwsConnections.class, new FasterConnections());
        Files.deleteIfExists(ofPlugin().resolve("deployments.jsonl"));
        replace(Deployments.class, new Deployments());
    }

    private static <T> void replace(Class<T> type, T by) {
        ExtensionList<T> list = ExtensionList.lookup(type);
        List.copyOf(list).forEach(list::remove);
        list.add(0, by);
    }

    private Path ofPlugin() {
        return jenkins.getRootDir().toPath().resolve("aws-cicd");
    }

    /** In words; empty if all is as it was. */
    List<String> differences() throws IOException, InterruptedException {
        List<String> left = new ArrayList<>();
        jenkins.getItems().forEach(item -> left.add("job " + item.getFullName()));
        jenkins.getNodes().forEach(node -> left.add("node " + node.getNodeName()));
        User.getAll().forEach(user -> left.add("user " + user.getId()));
        List.of(jenkins.getQueue().getItems()).forEach(item -> left.add("in the queue: " + item));
        for (Computer computer : jenkins.getComputers()) {
            if (computer.countBusy() > 0) {
                left.add("busy: " + computer.getDisplayName());
            }
        }
        addDifference(left, "Jenkins itself", ofJenkins, Jenkins.XSTREAM2.toXML(jenkins));
        configuration().forEach((id, xml) -> addDifference(left, id, configuration.getOrDefault(id, ""), xml));
        if (Files.isDirectory(ofPlugin())) {
            try (Stream<Path> files = Files.list(ofPlugin())) {
                files.forEach(file -> left.add("file " + file));
            }
        }
        Map<Thread, String> running = servers();
        running.keySet().removeAll(threads.keySet());
        for (int i = 0; i < 100 && running.keySet().stream().anyMatch(Thread::isAlive); i++) {
            Thread.sleep(100);
        }
        running.forEach((thread, name) -> {
            if (thread.isAlive()) {
                left.add("thread " + name);
            }
        });
        return left;
    }

    /** The lines of one that the other has not; what was read again after a restart may have them in another order. */
    private static void addDifference(List<String> left, String what, String before, String now) {
        List<String> old = before.lines().toList();
        List<String> lines = new ArrayList<>(now.lines().toList());
        List<String> gone = new ArrayList<>(old);
        lines.forEach(gone::remove);
        old.forEach(lines::remove);
        if (!gone.isEmpty() || !lines.isEmpty()) {
            left.add(what + ": -" + gone + " +" + lines);
        }
    }

    /** The threads of local AWS. */
    private static Map<Thread, String> servers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Objects::nonNull)
                .filter(thread -> thread.getName().startsWith("HTTP-Dispatcher")
                        || thread.getName().startsWith("local-aws"))
                .collect(Collectors.toMap(thread -> thread, Thread::getName, (one, same) -> one, HashMap::new));
    }
}
