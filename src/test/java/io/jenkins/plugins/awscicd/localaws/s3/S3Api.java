package io.jenkins.plugins.awscicd.localaws.s3;

import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.sts.Sessions;
import io.jenkins.plugins.awscicd.localaws.wire.Api;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.CommonFault;
import io.jenkins.plugins.awscicd.localaws.wire.Request;
import io.jenkins.plugins.awscicd.localaws.wire.Response;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** S3 on the wire: REST with XML, buckets in the path or in the host name (Amazon S3 API reference). */
public final class S3Api implements Api {

    static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private final SimulatedTime time;
    private final Sessions sessions;
    private final BucketOperations buckets;
    private final ListOperations lists;
    private final ObjectOperations objects;
    private final MultipartOperations uploads;

    public S3Api(S3 s3, SimulatedTime time, Sessions sessions) {
        this.time = time;
        this.sessions = sessions;
        buckets = new BucketOperations(s3);
        lists = new ListOperations(s3);
        objects = new ObjectOperations(s3);
        uploads = new MultipartOperations(s3);
    }

    @Override
    public String name() {
        return "S3";
    }

    @Override
    public String requestIdHeader() {
        return "x-amz-request-id";
    }

    @Override
    public Exchange open(Request request) {
        return new S3Exchange(request, Target.of(request));
    }

    @Override
    public Response error(AwsError error, Request request) {
        if (request.method().equals("HEAD") || error.status() == 304) {
            return Response.error(error, "application/xml", new byte[0]);
        }
        String document = Xml.document(
                "Error",
                null,
                xml -> xml.text("Code", error.code())
                        .text("Message", error.getMessage())
                        .text("Resource", request.path())
                        .text("RequestId", request.id())
                        .text("HostId", "local"));
        return Response.error(error, "application/xml", document.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public AwsError fault(CommonFault fault, String operation, Caller caller) {
        return switch (fault) {
            case THROTTLED -> new AwsError(503, "SlowDown", "Please reduce your request rate.");
            case INTERNAL -> new AwsError(500, "InternalError", "We encountered an internal error. Please try again.");
            case UNAVAILABLE -> new AwsError(503, "ServiceUnavailable", "Service is unable to handle request.");
            case EXPIRED_TOKEN -> new AwsError(400, "ExpiredToken", "The provided token has expired.");
            case ACCESS_DENIED ->
                new AwsError(
                        403,
                        "AccessDenied",
                        "User: " + caller.arn() + " is not authorized to perform: s3:" + action(operation)
                                + " because no identity-based policy allows the s3:" + action(operation) + " action");
            case CLOCK ->
                new AwsError(
                        403,
                        "RequestTimeTooSkewed",
                        "The difference between the request time and the current time is too large.");
            case UNSIGNED -> new AwsError(403, "AccessDenied", "Access Denied");
        };
    }

    /** The IAM action of an operation, where it has another name. */
    private static String action(String operation) {
        return switch (operation) {
            case "HeadObject" -> "GetObject";
            case "HeadBucket", "ListObjectsV2", "ListObjects" -> "ListBucket";
            case "ListObjectVersions" -> "ListBucketVersions";
            case "DeleteObjects" -> "DeleteObject";
            case "CopyObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload" -> "PutObject";
            case "ListParts" -> "ListMultipartUploadParts";
            case "ListBuckets" -> "ListAllMyBuckets";
            default -> operation;
        };
    }

    private final class S3Exchange implements Exchange {
        private final Request request;
        private final Target target;

        S3Exchange(Request request, Target target) {
            this.request = request;
            this.target = target;
        }

        @Override
        public String operation() {
            return target.operation();
        }

        @Override
        public String resource() {
            return target.resource();
        }

        @Override
        public Response carryOut(Caller caller) throws AwsError, IOException {
            PresignedUrl.check(request, time.clientNow());
            if (!sessions.reaches(caller.accessKeyId(), target.resource())) {
                throw fault(CommonFault.ACCESS_DENIED, target.operation(), caller);
            }
            return switch (target.operation()) {
                case "ListBuckets" -> buckets.list(request);
                case "CreateBucket" -> buckets.create(target, request, caller);
                case "HeadBucket" -> buckets.head(target);
                case "DeleteBucket" -> buckets.delete(target);
                case "GetBucketLocation" -> buckets.location(target);
                case "GetBucketVersioning" -> buckets.versioning(target);
                case "PutBucketVersioning" -> buckets.putVersioning(target, request);
                case "ListObjectsV2" -> lists.objectsV2(target, request);
                case "ListObjects" -> lists.objects(target, request);
                case "ListObjectVersions" -> lists.versions(target, request);
                case "PutObject" -> objects.put(target, request);
                case "CopyObject" -> objects.copy(target, request);
                case "GetObject", "HeadObject" -> objects.get(target, request, caller);
                case "DeleteObject" -> objects.delete(target, request);
                case "DeleteObjects" -> objects.deleteMany(target, request);
                case "CreateMultipartUpload" -> uploads.create(target, request);
                case "UploadPart" -> uploads.uploadPart(target, request);
                case "CompleteMultipartUpload" -> uploads.complete(target, request);
                case "AbortMultipartUpload" -> uploads.abort(target, request);
                case "ListParts" -> uploads.listParts(target, request);
                case "ListMultipartUploads" -> uploads.list(target, request);
                default ->
                    throw new AwsError(501, "NotImplemented", "Local AWS does not offer S3." + target.operation());
            };
        }

        @Override
        public Response notYetVisible(Caller caller) throws AwsError {
            if (target.key().isEmpty()) {
                throw noSuchBucket();
            }
            throw target.operation().contains("Upload") || target.operation().contains("Part")
                    ? MultipartOperations.noSuchUpload()
                    : ObjectOperations.noSuchKey();
        }
    }

    static AwsError noSuchBucket() {
        return new AwsError(404, "NoSuchBucket", "The specified bucket does not exist");
    }
}
