package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Where the files are: this machine or an agent. The methods block while the files are read and sent. */
public interface Workspace {

    /** Looks through the files. */
    @NonNull
    Manifest scan(@NonNull BundleSpec spec) throws IOException, InterruptedException;

    /** Bundles the files and sends them, as far as the addresses last. */
    @NonNull
    Uploaded upload(@NonNull BundleSpec spec, @NonNull UploadPlan plan) throws IOException, InterruptedException;

    /** A text file as it is going to be in the bundle; null if there is none of that name. */
    @CheckForNull
    String text(@NonNull BundleSpec spec, @NonNull String name) throws IOException, InterruptedException;

    /** What a look at the files that are going to be in the bundle tells. */
    @NonNull
    <T extends Serializable> T look(@NonNull BundleSpec spec, @NonNull Look<T> look)
            throws IOException, InterruptedException;

    /** How large the parts are that are sent, in bytes; S3 takes parts of 5 MB and more. Some of them are in memory at once. */
    default int partBytes() {
        return 8 << 20;
    }

    /** A workspace on this machine. */
    @NonNull
    static Workspace local(@NonNull Path root) {
        return local(root, PartNetwork::local);
    }

    /**
     * The same, with a network of its own.
     *
     * @param network asked for each upload
     */
    @NonNull
    static Workspace local(@NonNull Path root, @NonNull Supplier<PartNetwork> network) {
        return new Workspace() {
            @Override
            public Manifest scan(BundleSpec spec) throws IOException {
                return Bundle.of(root, spec).scan();
            }

            @Override
            public Uploaded upload(BundleSpec spec, UploadPlan plan) throws IOException {
                Bundle bundle = Bundle.of(root, spec);
                try (PartUploader parts = new PartUploader(plan, network.get())) {
                    try {
                        return parts.finish(bundle.write(parts));
                    } catch (EndedAddressException e) {
                        return parts.unfinished();
                    }
                }
            }

            @Override
            public String text(BundleSpec spec, String name) throws IOException {
                return new DirectoryBundle(root, spec).text(name);
            }

            @Override
            public <T extends Serializable> T look(BundleSpec spec, Look<T> look) throws IOException {
                return look.at(new DirectoryBundle(root, spec).tree());
            }
        };
    }
}
