package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import io.jenkins.plugins.awscicd.localaws.s3.S3;
import java.util.Map;

/** AWS::S3::Bucket. */
final class BucketType extends Real {

    private final S3 s3;

    BucketType(S3 s3) {
        super("BucketName");
        this.s3 = s3;
    }

    @Override
    public Made create(ResourceRequest request) throws ResourceFailure {
        String name = request.lowerName("BucketName", 63);
        if (s3.exists(name)) {
            throw new ResourceFailure(name + " already exists");
        }
        boolean versioned = request.properties()
                .path("VersioningConfiguration")
                .path("Status")
                .asText()
                .equals("Enabled");
        s3.createBucket(name, versioned, request.place().region());
        return made(request, name);
    }

    private static Made made(ResourceRequest request, String name) {
        String region = request.place().region();
        return new Made(
                name,
                Map.of(
                        "Arn", "arn:" + request.place().partition() + ":s3:::" + name,
                        "DomainName", name + ".s3.amazonaws.com",
                        "RegionalDomainName", name + ".s3." + region + ".amazonaws.com",
                        "DualStackDomainName", name + ".s3.dualstack." + region + ".amazonaws.com",
                        "WebsiteURL", "http://" + name + ".s3-website-" + region + ".amazonaws.com"));
    }

    @Override
    public Made update(ResourceRequest request) {
        return made(request, request.physicalId());
    }

    @Override
    public void delete(ResourceRequest request) throws ResourceFailure {
        if (!s3.deleteBucket(request.physicalId())) {
            throw new ResourceFailure(
                    "The bucket you tried to delete is not empty (Service: Amazon S3; Status Code: 409;"
                            + " Error Code: BucketNotEmpty)");
        }
    }
}
