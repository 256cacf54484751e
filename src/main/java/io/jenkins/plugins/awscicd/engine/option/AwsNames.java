package io.jenkins.plugins.awscicd.engine.option;

/** What things of AWS are called that arguments of several steps name, and what people give instead. */
public final class AwsNames {

    private static final int LONGEST_BUCKET = 255;
    private static final int LONGEST_ARN = 2048;
    private static final String BUCKET_NAME = "[A-Za-z0-9._-]+";

    /** A bucket, by its name. Buckets of the first years may have capitals, underscores, and 255 characters. */
    public static final Rule BUCKET = Rule.length(1, LONGEST_BUCKET)
            .matching(BUCKET_NAME, "letters, digits, dots and hyphens: the name of a bucket")
            .unlike(
                    Mistake.of(
                            "s3://(" + BUCKET_NAME + ")/?", "is an address in S3; use the bucket's name alone: '$1'"),
                    Mistake.of(
                            "s3://(" + BUCKET_NAME + ")/(.+?)/?",
                            "has a path; use the bucket's name alone, '$1', and name '$2' separately (keyPrefix, key)"),
                    Mistake.arn("s3", "(" + BUCKET_NAME + ")", "use the bucket's name alone: '$1'"),
                    Mistake.arn(
                            "s3",
                            "(" + BUCKET_NAME + ")/(.+)",
                            "use the bucket's name alone, '$1', and name '$2' separately (keyPrefix, key)"),
                    Mistake.arn("s3", "accesspoint.*", "use the access point's alias, which ends with -s3alias"),
                    Mistake.of(
                            "https?://(" + BUCKET_NAME + ")\\.s3[.-][a-z0-9.-]*amazonaws\\.com.*",
                            "is an address; use the bucket's name alone: '$1'"),
                    Mistake.page("/s3/buckets/(" + BUCKET_NAME + ").*", "use the bucket's name alone: '$1'"),
                    Mistake.of(
                            "(" + BUCKET_NAME + ")/(.+?)/?",
                            "has a path; use the bucket's name alone, '$1', and name '$2' separately (keyPrefix, key)"),
                    Mistake.of("(" + BUCKET_NAME + ")/", "ends with a slash; use the bucket's name alone: '$1'"))
            .named("bucket");

    /** The folder in a bucket, or an object's key. */
    public static final Rule KEY = Rule.length(0, 1024)
            .unlike(
                    Mistake.of("s3://[^/]*/(.+)", "contains the bucket; name the bucket separately, and use '$1' here"),
                    Mistake.of("arn:.*", "is an ARN; use only the part after the bucket"));

    /** A key of KMS, as S3 and CodeBuild take it. */
    public static final Rule KMS_KEY = Rule.length(1, LONGEST_ARN)
            .unlike(
                    Mistake.DASHED_ACCOUNT,
                    Mistake.of(
                            "(?!alias/|arn:|mrk-[0-9a-f]|[0-9A-Fa-f]{8}-)([\\w/-]+)",
                            "is not a KMS key; use its ID, its ARN or its alias, such as 'alias/$1'"));

    /** Where CodeBuild's files are: it takes {@code bucket/key} alone. */
    public static final Rule LOCATION = Rule.length(0, Integer.MAX_VALUE)
            .unlike(Mistake.of("s3://(.+)", "begins with s3://, which CodeBuild does not accept; use '$1'"));

    /** The ARN of a role. */
    public static final Rule ROLE = Rule.length(20, LONGEST_ARN)
            .matching(
                    "arn:aws[a-z-]*:iam::\\d{12}:role/\\S+",
                    "characters: the ARN of a role, such as 'arn:aws:iam::123456789012:role/deployer'")
            .unlike(
                    Mistake.DASHED_ACCOUNT,
                    Mistake.OTHER_ACCOUNT,
                    Mistake.of(
                            "arn:([^:]*):sts::(\\d{12}):assumed-role/([^/]+).*",
                            "is a session of a role; use the role's own ARN, 'arn:$1:iam::$2:role/$3'"),
                    Mistake.of(
                            "arn:([^:]*):iam::(\\d{12}):instance-profile/.*",
                            "is an instance profile; use the ARN of the role in it, such as 'arn:$1:iam::$2:role/deployer'"),
                    Mistake.of(
                            "arn:[^:]*:iam::\\d{12}:([a-z-]+)/(?<!role/).*", "is the ARN of a $1; use that of a role"),
                    Mistake.of(
                            "(arn:[^:]*:iam:):(\\d{12}:role)/?",
                            "has no name after role/; use one such as '$1:$2/deployer'"),
                    Mistake.of(
                            "(arn:[^:]*:iam:)[a-z0-9-]+:(.*)", "contains a region, but roles have none; use '$1:$2'"),
                    Mistake.of("arn:[^:]*:(?!iam:)([^:]*):.*", "is an ARN of $1; use that of a role"),
                    Mistake.of("(\\d{12}):?(?:role/)?([\\w+=,.@/-]+)", "is not an ARN; use 'arn:aws:iam::$1:role/$2'"),
                    Mistake.page(
                            "/iam/.*roles/(?:details/)?([\\w+=,.@-]+).*",
                            "use the role's ARN, such as 'arn:aws:iam::123456789012:role/$1'"),
                    Mistake.of(
                            "(?:role/)?([\\w+=,.@-]{1,64})",
                            "is not an ARN; use 'arn:aws:iam::123456789012:role/$1' with the id of the role's account"));

    /** What is in S3, where {@code s3://bucket/key} is wanted. */
    public static final Rule OBJECT = Rule.length(1, Integer.MAX_VALUE)
            .unlike(
                    Mistake.of("S3://(.*)", "is an address in S3 in capitals; use 's3://$1'"),
                    Mistake.of(
                            "s3://([^/]+)/([^?]+)\\?versionId=[^&]+.*",
                            "names a version, which an S3 address cannot; use [bucket: '$1', key: '$2', version: …]"
                                    + " where a version can be named, or else 's3://$1/$2'"),
                    Mistake.arn("s3", "(" + BUCKET_NAME + "/.+)", "use 's3://$1'"),
                    Mistake.of(
                            "https?://s3[.-](?:[a-z0-9-]+\\.)*amazonaws\\.com[a-z.]*/(" + BUCKET_NAME + "/[^?#]+).*",
                            "is an address; use 's3://$1'"),
                    Mistake.of(
                            "https?://(" + BUCKET_NAME
                                    + ")\\.s3[.-](?:[a-z0-9-]+\\.)*amazonaws\\.com[a-z.]*(/[^?#]+).*",
                            "is an address; use 's3://$1$2'"));

    private AwsNames() {}
}
