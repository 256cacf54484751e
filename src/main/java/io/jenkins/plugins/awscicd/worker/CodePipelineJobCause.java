package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.HyperlinkNote;
import hudson.model.Cause;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.PipelineAction;

/** A pipeline of CodePipeline has come to an action that this run is. */
public final class CodePipelineJobCause extends Cause {

    private final String pipeline;
    private final String stage;
    private final String action;
    private final String url;

    CodePipelineJobCause(@NonNull PipelineAction of, @CheckForNull String url) {
        this.pipeline = of.pipeline();
        this.stage = of.stage();
        this.action = of.action();
        this.url = url;
    }

    /** The execution in AWS's console; null if that is not known. */
    @CheckForNull
    public String getUrl() {
        return url;
    }

    @Override
    public String getShortDescription() {
        return Messages.CodePipelineJobCause_description(stage + "/" + action, pipeline);
    }

    @Override
    public void print(TaskListener listener) {
        super.print(listener);
        if (url != null) {
            listener.getLogger().println("[CodePipeline] " + HyperlinkNote.encodeTo(url, url));
        }
    }
}
