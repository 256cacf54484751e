package io.jenkins.plugins.awscicd.localaws.codepipeline;

/** Ways of CodePipeline of which no published source says that they are the only ones, beside what it does otherwise here. */
public enum Dialect {
    /** An execution's time of its last update moves with its own status alone, and not with that of its actions. */
    UPDATED_WITH_STATUS_ALONE,
    /** An automatic rollback is started, and listed, only some seconds after the execution has failed. */
    ROLLBACK_LATE,
    /** What triggered an automatic rollback names no execution. */
    ROLLBACK_NAMES_NONE,
    /** Actions are listed from the oldest on. */
    OLDEST_ACTION_FIRST,
    /** An execution is listed only some seconds after it was started; asked for by its id it is there at once. */
    LISTED_LATE,
    /** An execution that failed keeps its action's words to itself: there are no details of the error. */
    WITHOUT_ERROR_DETAILS,
    /** A job that a worker has polled is not given to others for a while; and then it is, if nobody has acknowledged it. */
    POLLED_JOBS_HIDDEN,
    /** Of the nonces that a job has had, one with each poll, only the last one is good; otherwise the first that is used. */
    LAST_NONCE_ALONE,
    /** A job has one nonce, and cannot be acknowledged twice with it; otherwise whoever has its nonce may do so again. */
    ACKNOWLEDGED_ONCE,
    /** An action's hour begins anew with each job by which its worker continues it. */
    HOUR_OF_EACH_JOB,
    /** The state of a pipeline has the token of an approval only some seconds after it has begun to wait. */
    TOKEN_LATE,
    /** Who has answered an approval is not said. */
    ANSWERED_BY_NOBODY,
    /** Nor with which words. */
    ANSWERED_WITHOUT_WORDS,
    /** An approval is shown as waiting for some seconds after it was answered, though it takes no other answer. */
    ANSWER_SHOWN_LATE,
    /** What an action has CodeBuild run as a batch is known by its id alone; otherwise with {@code build-batch/} before it. */
    BATCH_ID_ALONE,
    /** Or by its ARN. */
    BATCH_BY_ARN
}
