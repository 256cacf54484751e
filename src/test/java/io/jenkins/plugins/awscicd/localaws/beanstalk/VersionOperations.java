package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.s3.S3Object;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Operations on application versions. */
final class VersionOperations {

    /** "Quotas" in the developer guide: 512 MB. */
    private static final long LARGEST = 512L * 1024 * 1024;

    private VersionOperations() {}

    static void addTo(BeanstalkApi api) {
        api.operation("CreateApplicationVersion", VersionOperations::create)
                .operation("DescribeApplicationVersions", VersionOperations::describe)
                .operation("UpdateApplicationVersion", VersionOperations::update)
                .operation("DeleteApplicationVersion", VersionOperations::delete);
    }

    private static Xml.Content create(Beanstalk beanstalk, QueryInput input) throws AwsError {
        String name = Refusal.applicationName(input);
        String label = Refusal.versionLabel(input);
        String description = Refusal.description(input);
        if (input.text("SourceBuildInformation.SourceType") != null) {
            throw Refusal.value("Local AWS builds no application versions: SourceBuildInformation.");
        }
        String bucket = input.text("SourceBundle.S3Bucket");
        String key = input.text("SourceBundle.S3Key");
        if ((bucket == null) != (key == null)) {
            throw Refusal.combination("Both S3Bucket and S3Key must be specified for a source bundle.");
        }
        boolean create = Boolean.parseBoolean(input.text("AutoCreateApplication"));
        if (!create) {
            beanstalk.applications().get(name);
        }
        if (bucket != null) {
            checkBundle(beanstalk, bucket, key);
        }
        boolean process = Boolean.parseBoolean(input.text("Process"));
        Instant now = beanstalk.timeline().now();
        Version version = beanstalk
                .applications()
                .addVersion(
                        beanstalk.application(name, create),
                        label,
                        bucket,
                        key,
                        process ? Version.Status.PROCESSING : Version.Status.UNPROCESSED,
                        now);
        version.describe(description, now);
        ApplicationOperations.tag(version.tags(), input);
        expire(beanstalk, beanstalk.application(name, false), version);
        if (process) {
            beanstalk.timeline().after(beanstalk.timing().processing(), () -> process(beanstalk, version));
        }
        return xml -> xml.element("ApplicationVersion", version::writeTo);
    }

    /** Also what a terminated environment ran is kept: for ten weeks, which is longer than local AWS lives. */
    private static void expire(Beanstalk beanstalk, Application application, Version newest) {
        List<Version> others = application.versionsNewestFirst().stream()
                .filter(one -> one != newest)
                .toList();
        for (Version outdated : application.lifecycle().outdated(others, newest.created())) {
            if (beanstalk.environments().all().stream().anyMatch(one -> one.version() == outdated)) {
                continue;
            }
            if (application.lifecycle().deletesSource() && outdated.bucket() != null) {
                beanstalk.s3().delete(outdated.bucket(), outdated.key());
            }
            application.removeVersion(outdated.label());
        }
    }

    private static void checkBundle(Beanstalk beanstalk, String bucket, String key) throws AwsError {
        String region = beanstalk.s3().region(bucket).orElse(null);
        if (region == null) {
            throw notDownloaded(bucket, key, "Not Found");
        }
        if (!region.equals(beanstalk.place().region())) {
            throw AwsError.badRequest(
                    "S3LocationNotInServiceRegionException",
                    "The specified S3 bucket " + bucket + " is in the region " + region + ", not in "
                            + beanstalk.place().region() + ".");
        }
        S3Object bundle = beanstalk.s3().object(bucket, key).orElse(null);
        if (bundle == null) {
            throw notDownloaded(bucket, key, "Not Found");
        }
        if (bundle.size() > LARGEST) {
            throw Refusal.value(
                    "Source bundle is too large: " + bundle.size() + " bytes. The limit is " + LARGEST + ".");
        }
    }

    private static AwsError notDownloaded(String bucket, String key, String why) {
        return Refusal.combination(
                "Unable to download from S3 location (Bucket: " + bucket + "  Key: " + key + "). Reason: " + why);
    }

    private static void process(Beanstalk beanstalk, Version version) {
        boolean good = version.bucket() == null
                || beanstalk
                        .s3()
                        .object(version.bucket(), version.key())
                        .filter(bundle -> SourceBundle.problem(bundle.file()) == null)
                        .isPresent();
        version.become(
                good ? Version.Status.PROCESSED : Version.Status.FAILED,
                beanstalk.timeline().now());
    }

    private static Xml.Content describe(Beanstalk beanstalk, QueryInput input) throws AwsError {
        String name = Refusal.text(input, "ApplicationName", 1, 100);
        List<String> labels = input.texts("VersionLabels");
        List<Version> found = beanstalk.applications().all().stream()
                .filter(one ->
                        !beanstalk.hidden() && (name == null || one.name().equals(name)))
                .flatMap(one -> one.versionsNewestFirst().stream())
                .filter(one -> labels.isEmpty() || labels.contains(one.label()))
                .sorted(Comparator.comparing(Version::created).reversed())
                .toList();
        Pages<Version> page = Pages.of(found, input);
        return xml -> {
            Shapes.list(xml, "ApplicationVersions", page.items(), Version::writeTo);
            xml.text("NextToken", page.next());
        };
    }

    private static Version of(Beanstalk beanstalk, QueryInput input) throws AwsError {
        return beanstalk.applications().get(Refusal.applicationName(input)).version(Refusal.versionLabel(input));
    }

    private static Xml.Content update(Beanstalk beanstalk, QueryInput input) throws AwsError {
        Version version = of(beanstalk, input);
        String description = Refusal.description(input);
        if (description != null) {
            version.describe(description, beanstalk.timeline().now());
        }
        return xml -> xml.element("ApplicationVersion", version::writeTo);
    }

    private static Xml.Content delete(Beanstalk beanstalk, QueryInput input) throws AwsError {
        Version version = of(beanstalk, input);
        for (Environment environment : beanstalk.environments().all()) {
            if (environment.version() == version && environment.status() != EnvironmentStatus.TERMINATED) {
                throw AwsError.badRequest(
                        "SourceBundleDeletionFailure",
                        "Cannot delete application version: it is deployed to the environment " + environment.name()
                                + ".");
            }
        }
        if (Boolean.parseBoolean(input.text("DeleteSourceBundle")) && version.bucket() != null) {
            beanstalk.s3().delete(version.bucket(), version.key());
        }
        beanstalk.applications().get(Refusal.applicationName(input)).removeVersion(version.label());
        return null;
    }
}
