package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

/**
 * Ways of CloudFormation of which published sources differ, or of which none says that they are the only ones, beside what it does
 * otherwise here.
 */
public enum Dialect {
    /** A change set without changes says "No updates are to be performed.", as it always does for templates with macros. */
    EMPTY_NO_UPDATES,
    /** Described with property values, a change set has no StatusReason. Reported of 2024. */
    VALUES_WITHOUT_REASON,
    /** Described with property values, a change set lacks changes. Reported. */
    VALUES_LOSE_CHANGES,
    /** Other change sets are obsolete, and not deleted, once one is executed. */
    OTHERS_OBSOLETE,
    /** A change set that is still being made is not deleted; DeleteChangeSet has an error for that. */
    CHANGE_SET_BUSY,
    /** DescribeStacks shows a stack as it was some seconds ago, while its events are of now. */
    DESCRIBED_LATE,
    /** Events are shown some seconds later than the stack's status. */
    EVENTS_LATE,
    /** RollbackStack deletes a stack that never was complete, as its reference has it, and leaves none in ROLLBACK_COMPLETE. */
    ROLLBACK_DELETES,
    /** An empty list of tags is taken as none that is given, and not as one that removes all. */
    EMPTY_TAGS_KEPT,
    /** A client request token that was used is refused even for the same request. */
    TOKEN_ONCE,
    /** DescribeEvents gives the oldest event first. */
    OLDEST_EVENT_FIRST,
    /** Stacks name no last operations, and events no operation, as before 2025. */
    NO_OPERATIONS,
    /** The events of a stack, asked for by its name, are those of all its operations, and not of the last one alone. */
    EVENTS_OF_ALL_OPERATIONS,
    /** An export in use has the deletion of its stack fail, and not just end. */
    EXPORT_FAILS_DELETION,
    /** The stack's operations are listed from the oldest on. */
    OLDEST_OPERATION_FIRST,
    /** Reasons that name resources end with a blank, as they did. */
    REASON_WITH_BLANK,
    /** An update that was cancelled says so in the stack's reason, and not that the user began it. */
    CANCELLED_BY_NAME,
    /** Between the updates of a root stack and its nested one the latter is still in UPDATE_IN_PROGRESS. */
    NESTED_WAITS_IN_PROGRESS,
    /** CreateStackInstances leaves stacks alone that are there already, and does not bring them up to date. */
    EXISTING_INSTANCES_SKIPPED,
    /** CreateStackInstances has stacks fail that are there already, where accounts are named. */
    EXISTING_INSTANCES_REFUSED,
    /** UpdateStackInstances leaves out stacks that are not there, and does not refuse them. */
    MISSING_INSTANCES_SKIPPED,
    /** Of a stack by units ListStackInstances names the unit that its account is in, and not the one that it was named by. */
    UNIT_OF_ACCOUNT_SHOWN,
    /** DescribeStackSet names the roles of a service-managed stack set, which are AWS's own. */
    SERVICE_ROLES_SHOWN,
    /** The order of regions must not have any that an operation is not about. */
    REGION_ORDER_CHECKED,
    /** ListStackInstances shows which stacks a stack set has some seconds later, as other lists of StackSets do. */
    INSTANCES_LATE,
    /** ListStackSetOperationResults shows what has come of an operation only some seconds after its end. */
    RESULTS_LATE,
    /** DescribeStackSet still finds a stack set that was deleted, by its name, and says that it is DELETED. */
    DELETED_SET_SHOWN,
    /** The token of a stack set that was deleted still gets its id, though there is another one of that name. */
    TOKEN_OUTLIVES_SET,
    /** ListStackSetOperations begins with the oldest. */
    OLDEST_SET_OPERATION_FIRST
}
