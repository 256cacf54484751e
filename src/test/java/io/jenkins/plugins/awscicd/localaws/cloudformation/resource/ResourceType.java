package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import java.util.List;

/** Resources of one type. What is done to them here takes no time: the stack lets it pass. */
public interface ResourceType {

    Made create(ResourceRequest request) throws ResourceFailure;

    /** Changes it in place. The physical id stays the same. */
    Made update(ResourceRequest request) throws ResourceFailure;

    /** What is not there any more is no error. */
    void delete(ResourceRequest request) throws ResourceFailure;

    /** Properties of which a change needs another physical resource ("Update requires: Replacement"). */
    List<String> replacing();

    /** Properties of which a change may need one ("Some interruptions", "Updates are not supported" in part). */
    default List<String> perhapsReplacing() {
        return List.of();
    }

    /** Attributes that a change in place gives another value. */
    default List<String> moving() {
        return List.of();
    }
}
