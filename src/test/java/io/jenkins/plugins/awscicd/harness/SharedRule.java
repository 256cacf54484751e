package io.jenkins.plugins.awscicd.harness;

import hudson.model.Run;
import hudson.security.ACL;
import java.io.File;
import java.util.concurrent.TimeUnit;
import org.htmlunit.Cache;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.MetaClass;

/** The Jenkins that tests share, without the extensions of any of them. */
final class SharedRule extends JenkinsRule {

    /** Each page has the same styles and scripts; to parse them takes longer than all else. Of Jenkins' own resources alone. */
    private final Cache parsed = new Parsed();

    private LostExecutors lostExecutors;

    /** @param port 0 for any */
    SharedRule(File home, int port) {
        with(() -> home);
        localPort = port;
        testDescription = org.junit.runner.Description.EMPTY;
        parsed.setMaxSize(500);
        // The harness has each page's parts looked for and read anew, for those who write them meanwhile: most of what
        // a page costs.
        MetaClass.NO_CACHE = false;
    }

    /** Tests may do everything in Jenkins, as in one of their own. */
    @Override
    public void recipe() throws Exception {
        ACL.as2(ACL.SYSTEM2);
        super.recipe();
    }

    @Override
    public void before() throws Throwable {
        super.before();
        lostExecutors = new LostExecutors(jenkins);
    }

    @Override
    public boolean isSomethingHappening() {
        lostExecutors.giveBack();
        return super.isSomethingHappening();
    }

    /** As the harness does, but for executors that wait for ever. */
    @Override
    public <R extends Run<?, ?>> R waitForCompletion(R run) throws InterruptedException {
        while (run.isLogUpdated() || RunningBuilds.isRegistered(run) || run.getExecutor() != null) {
            lostExecutors.giveBack();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return run;
    }

    @Override
    public WebClient createWebClient() {
        WebClient client = super.createWebClient();
        client.setCache(parsed);
        return client;
    }

    /**
     * Once the page's lists are filled, which a script does that empties them first: it runs beside the test, which would
     * read an empty list, as no user can whose browser runs one script at a time.
     */
    @Override
    public HtmlPage submit(HtmlForm form) throws Exception {
        form.getPage().getWebClient().waitForBackgroundJavaScript(20_000);
        return super.submit(form);
    }

    private static final class Parsed extends Cache {

        private static final long serialVersionUID = 1L;

        /** Whoever is closed leaves it to the others. */
        @Override
        public void clear() {}
    }
}
