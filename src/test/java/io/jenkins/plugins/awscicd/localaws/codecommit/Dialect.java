package io.jenkins.plugins.awscicd.localaws.codecommit;

/** Ways of CodeCommit of which no published source says that they are the only ones, beside what it does otherwise here. */
public enum Dialect {
    /** The commit of a pull request's destination stays the one that it was made for. */
    DESTINATION_AS_IT_WAS,
    /** An approval that was never given cannot be revoked; otherwise that changes nothing. */
    REVOKES_APPROVALS_ALONE,
    /** A comment that was posted with the same token and another text is the one that there is; otherwise that is refused. */
    TOKEN_WHATEVER_THE_TEXT
}
