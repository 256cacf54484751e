package io.jenkins.plugins.awscicd.config;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import hudson.model.User;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A Jenkins with a job, AWS credentials and people who may do more or less, and what its forms ask it for. */
public final class FormServer {

    /** Sees the job, and nothing of how it is set up. */
    public static final String READER = "reader";
    /** Starts the job's runs. */
    public static final String BUILDER = "builder";
    /** Sees how the job is set up. */
    public static final String VIEWER = "viewer";
    /** Sets the job up. */
    public static final String CONFIGURER = "configurer";

    public static final String ADMINISTRATOR = "administrator";
    public static final String ANONYMOUS = null;

    private final JenkinsRule jenkins;
    private final WorkflowJob job;
    private final Map<String, JenkinsRule.WebClient> clients = new HashMap<>();

    public FormServer(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        Item.EXTENDED_READ.setEnabled(true);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to(READER, BUILDER, VIEWER, CONFIGURER)
                .grant(Item.BUILD, Item.CANCEL)
                .everywhere()
                .to(BUILDER)
                .grant(Item.EXTENDED_READ)
                .everywhere()
                .to(VIEWER)
                .grant(Item.CONFIGURE)
                .everywhere()
                .to(CONFIGURER)
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to(ADMINISTRATOR));
        addCredentials("deployer");
        job = jenkins.createProject(WorkflowJob.class, "web");
    }

    public WorkflowJob job() {
        return job;
    }

    public static void addCredentials(String id) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new AWSCredentialsImpl(
                        CredentialsScope.GLOBAL, id, "AKIDEXAMPLE", "wJalrXUtnFEMI-secret-of-the-test", "of the test"));
        SystemCredentialsProvider.getInstance().save();
    }

    /** Where a descriptor's methods are for the job, or for the controller. */
    public String descriptor(Class<?> describable, boolean inJob) {
        return (inJob ? job.getUrl() : "") + "descriptorByName/" + describable.getName() + "/";
    }

    public WebResponse post(String user, String path, Map<String, String> parameters) throws Exception {
        return send(HttpMethod.POST, user, path, parameters);
    }

    public WebResponse get(String user, String path, Map<String, String> parameters) throws Exception {
        return send(HttpMethod.GET, user, path, parameters);
    }

    /** Asks a Jenkins in which everybody may do everything. */
    public static WebResponse post(JenkinsRule jenkins, String path, Map<String, String> parameters) throws Exception {
        return send(jenkins, client(jenkins), HttpMethod.POST, path, parameters);
    }

    private WebResponse send(HttpMethod method, String user, String path, Map<String, String> parameters)
            throws Exception {
        JenkinsRule.WebClient client = clients.get(user);
        if (client == null) { // to make one, and a token, takes longer than all else
            client = client(jenkins);
            if (user != ANONYMOUS) {
                User.getOrCreateByIdOrFullName(user);
                client.withBasicApiToken(user);
            }
            clients.put(user, client);
        }
        client.getCookieManager().clearCookies(); // nobody has a session
        return send(jenkins, client, method, path, parameters);
    }

    private static JenkinsRule.WebClient client(JenkinsRule jenkins) {
        return jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withRedirectEnabled(false);
    }

    private static WebResponse send(
            JenkinsRule jenkins,
            JenkinsRule.WebClient client,
            HttpMethod method,
            String path,
            Map<String, String> parameters)
            throws Exception {
        WebRequest request = new WebRequest(URI.create(jenkins.getURL() + path).toURL(), method);
        if (method == HttpMethod.POST) {
            client.addCrumb(request);
        }
        List<NameValuePair> pairs = new ArrayList<>(request.getRequestParameters());
        parameters.forEach((name, value) -> pairs.add(new NameValuePair(name, value)));
        request.setRequestParameters(pairs);
        return client.loadWebResponse(request); // as it is: a page would be followed to the login
    }
}
