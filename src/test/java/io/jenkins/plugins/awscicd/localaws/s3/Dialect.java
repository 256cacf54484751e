package io.jenkins.plugins.awscicd.localaws.s3;

/** Ways of S3 of which no published source says that they are the only ones, beside what it does otherwise here. */
public enum Dialect {
    /**
     * CompleteMultipartUpload answers once more, as it did, when it is asked again. Otherwise the upload is not known any more;
     * the API reference has NoSuchUpload for uploads that "might have been aborted or completed", and says no more.
     */
    COMPLETES_AGAIN,
    /** Of what a KMS key refuses, no more is said than that access is denied; otherwise that kms:Decrypt is, and on which key. */
    KMS_DENIAL_UNNAMED,
    /** HeadObject takes kms:Decrypt as GetObject does, where a KMS key encrypts. */
    HEAD_TAKES_DECRYPT
}
