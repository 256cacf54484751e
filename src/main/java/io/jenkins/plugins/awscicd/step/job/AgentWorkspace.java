package io.jenkins.plugins.awscicd.step.job;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.awscicd.engine.bundle.BundleSpec;
import io.jenkins.plugins.awscicd.engine.bundle.Look;
import io.jenkins.plugins.awscicd.engine.bundle.Manifest;
import io.jenkins.plugins.awscicd.engine.bundle.UploadPlan;
import io.jenkins.plugins.awscicd.engine.bundle.Uploaded;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import jenkins.MasterToSlaveFileCallable;

/** A workspace on an agent: files are bundled and sent there. */
final class AgentWorkspace implements Workspace {

    private final FilePath root;

    AgentWorkspace(FilePath root) {
        this.root = root;
    }

    @Override
    public Manifest scan(BundleSpec spec) throws IOException, InterruptedException {
        return root.act(new Scan(spec));
    }

    @Override
    public Uploaded upload(BundleSpec spec, UploadPlan plan) throws IOException, InterruptedException {
        return root.act(new Upload(spec, plan));
    }

    @Override
    public String text(BundleSpec spec, String name) throws IOException, InterruptedException {
        return root.act(new Text(spec, name));
    }

    @Override
    public <T extends Serializable> T look(BundleSpec spec, Look<T> look) throws IOException, InterruptedException {
        return root.act(new Looking<>(spec, look));
    }

    private static final class Scan extends MasterToSlaveFileCallable<Manifest> {

        private static final long serialVersionUID = 1L;

        private final BundleSpec spec;

        Scan(BundleSpec spec) {
            this.spec = spec;
        }

        @Override
        public Manifest invoke(File root, VirtualChannel channel) throws IOException, InterruptedException {
            return Workspace.local(root.toPath()).scan(spec);
        }
    }

    private static final class Upload extends MasterToSlaveFileCallable<Uploaded> {

        private static final long serialVersionUID = 1L;

        private final BundleSpec spec;
        private final UploadPlan plan;

        Upload(BundleSpec spec, UploadPlan plan) {
            this.spec = spec;
            this.plan = plan;
        }

        @Override
        public Uploaded invoke(File root, VirtualChannel channel) throws IOException, InterruptedException {
            return Workspace.local(root.toPath()).upload(spec, plan);
        }
    }

    private static final class Text extends MasterToSlaveFileCallable<String> {

        private static final long serialVersionUID = 1L;

        private final BundleSpec spec;
        private final String name;

        Text(BundleSpec spec, String name) {
            this.spec = spec;
            this.name = name;
        }

        @Override
        public String invoke(File root, VirtualChannel channel) throws IOException, InterruptedException {
            return Workspace.local(root.toPath()).text(spec, name);
        }
    }

    private static final class Looking<T extends Serializable> extends MasterToSlaveFileCallable<T> {

        private static final long serialVersionUID = 1L;

        private final BundleSpec spec;
        private final Look<T> look;

        Looking(BundleSpec spec, Look<T> look) {
            this.spec = spec;
            this.look = look;
        }

        @Override
        public T invoke(File root, VirtualChannel channel) throws IOException, InterruptedException {
            return Workspace.local(root.toPath()).look(spec, look);
        }
    }
}
