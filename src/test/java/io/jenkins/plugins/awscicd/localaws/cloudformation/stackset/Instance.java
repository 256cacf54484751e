package io.jenkins.plugins.awscicd.localaws.cloudformation.stackset;

import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Parameters;
import java.time.Instant;
import java.util.List;

/** A stack of a stack set, in an account and a region. */
public final class Instance {

    private final String account;
    private final String region;
    private Instant added;
    private boolean made;
    private List<Parameters.Given> overrides = List.of();
    private String unit;
    private String stackId;
    private String status = "OUTDATED";
    private String detailedStatus = "PENDING";
    private String reason;
    private String lastOperation;

    Instance(String account, String region, Instant added) {
        this.account = account;
        this.region = region;
        this.added = added;
    }

    public String account() {
        return account;
    }

    public String region() {
        return region;
    }

    Instant added() {
        return added;
    }

    /** Lists that are late have it from now on, if there was no stack before. */
    void made(Instant now) {
        if (!made) {
            made = true;
            added = now;
        }
    }

    public List<Parameters.Given> overrides() {
        return overrides;
    }

    void overrides(List<Parameters.Given> value) {
        overrides = value;
    }

    /** The organizational unit that it was made by; {@code null} if the account was named alone. */
    public String unit() {
        return unit;
    }

    void unit(String value) {
        unit = value;
    }

    /** {@code null} while there is none. */
    public String stackId() {
        return stackId;
    }

    void stackId(String value) {
        stackId = value;
    }

    /** CURRENT, OUTDATED or INOPERABLE. */
    public String status() {
        return status;
    }

    /** PENDING, RUNNING, SUCCEEDED, FAILED or CANCELLED. */
    public String detailedStatus() {
        return detailedStatus;
    }

    public String reason() {
        return reason;
    }

    public String lastOperation() {
        return lastOperation;
    }

    void become(String value, String detailed, String why, String operation) {
        status = value;
        detailedStatus = detailed;
        reason = why;
        lastOperation = operation;
    }
}
