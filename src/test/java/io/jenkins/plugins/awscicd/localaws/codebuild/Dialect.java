package io.jenkins.plugins.awscicd.localaws.codebuild;

/** Ways of CodeBuild of which no published source says that they are the only ones, beside what it does otherwise here. */
public enum Dialect {
    /** A failed build has ended for some seconds before the build is started and named with which AWS tries again. */
    RETRY_NAMED_LATE,
    /** StopBuild answers with a build that is complete, without a FINALIZING phase. Published in the AWS CLI's example of stop-build. */
    STOPPED_AT_ONCE,
    /** StopBuild refuses a build that has ended; otherwise it answers with it as it is. */
    ENDED_NOT_STOPPED,
    /** A token that was used with other parameters is refused in the words of the API reference, which name no token. */
    MISMATCH_WITHOUT_TOKEN,
    /** A batch that is tried again is shown for some seconds as it had ended. */
    BATCH_RETRY_SHOWN_LATE,
    /** The same, and StopBuildBatch takes it for one that has ended for as long. */
    BATCH_RETRY_STOPPED_LATE,
    /** A batch does not list the build that downloads its source among its builds. */
    BATCH_WITHOUT_DOWNLOAD,
    /** A batch that is stopped ends with its builds; otherwise at once, as in the AWS CLI's example of stop-build-batch. */
    BATCH_STOPS_WITH_ITS_BUILDS,
    /** A build of a batch that the account has no place for in its queue is not built; otherwise it is queued all the same. */
    BATCH_BUILDS_REFUSED,
    /** A batch whose artifacts are not combined names where they would be. */
    BATCH_NAMES_PLACE_UNCOMBINED,
    /** The artifacts of a batch's build have identifiers: the build's, and that with the artifact's. Published of CodePipeline's outputs. */
    BATCH_ARTIFACTS_IDENTIFIED,
    /** What depends on a build whose failure is ignored is not built when that fails. */
    IGNORED_FAILURE_STOPS_DEPENDENTS,
    /** The status counts of a truncated report are of the test cases that it keeps; otherwise of all, as its total is. */
    STATUS_COUNTS_OF_KEPT_CASES
}
