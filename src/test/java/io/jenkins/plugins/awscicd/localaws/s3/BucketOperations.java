package io.jenkins.plugins.awscicd.localaws.s3;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Request;
import io.jenkins.plugins.awscicd.localaws.wire.Response;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.io.IOException;
import java.util.regex.Pattern;

/** The operations on buckets as such. */
final class BucketOperations {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private final S3 s3;

    BucketOperations(S3 s3) {
        this.s3 = s3;
    }

    Response list(Request request) {
        String prefix = request.queries().getOrDefault("prefix", "");
        return Response.xml(Xml.document(
                "ListAllMyBucketsResult",
                S3Api.NAMESPACE,
                xml -> xml.element("Owner", owner -> owner.text("ID", "local")).element("Buckets", buckets -> {
                    for (Bucket bucket : s3.buckets().values()) {
                        if (bucket.name().startsWith(prefix)) {
                            buckets.element(
                                    "Bucket",
                                    one -> one.text("Name", bucket.name())
                                            .text("CreationDate", ListOperations.iso(bucket.created()))
                                            .text("BucketRegion", bucket.region()));
                        }
                    }
                })));
    }

    Response create(Target target, Request request, Caller caller) throws AwsError, IOException {
        if (!NAME.matcher(target.bucket()).matches()) {
            throw AwsError.badRequest("InvalidBucketName", "The specified bucket is not valid.");
        }
        String constraint = XmlBody.read(request.body()).text("LocationConstraint");
        String region = constraint == null || constraint.isEmpty() ? "us-east-1" : constraint;
        String signed = caller.place().region();
        if (!region.equals(signed) && !signed.equals("us-east-1")) {
            throw AwsError.badRequest(
                    "IllegalLocationConstraintException",
                    "The " + (constraint == null ? "unspecified" : constraint)
                            + " location constraint is incompatible for the region specific endpoint this request was sent to.");
        }
        Bucket bucket = new Bucket(target.bucket(), region, s3.time().now(), s3.chance(), Bucket.Versioning.NEVER);
        if (s3.buckets().putIfAbsent(target.bucket(), bucket) != null) {
            throw new AwsError(
                    409,
                    "BucketAlreadyOwnedByYou",
                    "Your previous request to create the named bucket succeeded and you already own it.");
        }
        return Response.empty(200).with("Location", "/" + target.bucket());
    }

    Response head(Target target) throws AwsError {
        return Response.empty(200)
                .with("x-amz-bucket-region", bucket(s3, target).region());
    }

    Response delete(Target target) throws AwsError {
        Bucket bucket = bucket(s3, target);
        if (!bucket.isEmpty()) {
            throw new AwsError(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
        }
        s3.buckets().remove(bucket.name());
        return Response.empty(204);
    }

    Response location(Target target) throws AwsError {
        String region = bucket(s3, target).region();
        // The API has no name for us-east-1 here.
        return Response.xml(Xml.document(
                "LocationConstraint",
                S3Api.NAMESPACE,
                xml -> xml.characters(region.equals("us-east-1") ? "" : region)));
    }

    Response versioning(Target target) throws AwsError {
        Bucket.Versioning versioning = bucket(s3, target).versioning();
        String status =
                switch (versioning) {
                    case NEVER -> null;
                    case ENABLED -> "Enabled";
                    case SUSPENDED -> "Suspended";
                };
        return Response.xml(
                Xml.document("VersioningConfiguration", S3Api.NAMESPACE, xml -> xml.text("Status", status)));
    }

    Response putVersioning(Target target, Request request) throws AwsError, IOException {
        Bucket bucket = bucket(s3, target);
        String status = String.valueOf(XmlBody.read(request.body()).text("Status"));
        bucket.versioning(
                switch (status) {
                    case "Enabled" -> Bucket.Versioning.ENABLED;
                    case "Suspended" -> Bucket.Versioning.SUSPENDED;
                    default ->
                        throw AwsError.badRequest(
                                "IllegalVersioningConfigurationException", "The Versioning element must be specified");
                });
        return Response.empty(200);
    }

    static Bucket bucket(S3 s3, Target target) throws AwsError {
        return s3.find(target.bucket()).orElseThrow(S3Api::noSuchBucket);
    }
}
