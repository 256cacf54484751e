package io.jenkins.plugins.awscicd.engine.codecommit;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * A repository (<a href="https://docs.aws.amazon.com/codecommit/latest/APIReference/API_RepositoryMetadata.html">RepositoryMetadata</a>).
 *
 * @param account the number of the AWS account that it is in
 * @param arn its ARN
 * @param description null for none
 * @param defaultBranch null as long as nothing was pushed
 */
public record RepositoryMetadata(
        @NonNull String name,
        @NonNull String account,
        @NonNull String arn,
        @CheckForNull String description,
        @CheckForNull String defaultBranch) {}
