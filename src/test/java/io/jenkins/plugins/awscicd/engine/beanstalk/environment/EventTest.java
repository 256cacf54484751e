package io.jenkins.plugins.awscicd.engine.beanstalk.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AWS has been seen to say of updates and launches, and what that means. */
class EventTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    success | INFO  | Environment update completed successfully.
                    success | INFO  | Successfully launched environment: web-prod
                    success | INFO  | createEnvironment completed successfully.
                    done    | INFO  | New application version was deployed to running EC2 instances.
                    done    | INFO  | Successfully deployed new configuration to environment.
                    failure | ERROR | Failed to deploy application.
                    failure | ERROR | Failed to deploy configuration.
                    failure | ERROR | Failed to launch environment.
                    failure | INFO  | The environment was reverted to the previous configuration setting.
                    failure | ERROR | The environment was reverted to the previous configuration setting.
                    failure | INFO  | Launched environment: web-prod. However, there were issues during launch. See event log for details.
                    failure | ERROR | Create environment operation is complete, but with errors. For more information, see troubleshooting documentation.
                    failure | ERROR | Update environment operation is complete, but with errors. For more information, see troubleshooting documentation.
                    failure | WARN  | Create environment operation is complete, but with command timeouts. Try increasing the timeout period.
                    failure | ERROR | Update environment operation is complete, but with command timeouts. Try increasing the timeout period.
                    failure | ERROR | Deployment completed, but with errors: During an aborted deployment, some instances may have it.
                    none    | INFO  | Environment update is starting.
                    none    | INFO  | Batch 2: Completed application deployment.
                    none    | INFO  | Command execution completed on all instances. Summary: [Successful: 0, Failed: 1].
                    none    | INFO  | Instance deployment completed successfully.
                    none    | ERROR | Instance deployment failed. For details, see 'eb-engine.log'.
                    failure | ERROR | During an aborted deployment, some instances may have deployed the new application version.
                    none    | ERROR | Unsuccessful command execution on instance id(s) 'i-02e54e6924cc0c92a'. Aborting the operation.
                    none    | WARN  | Environment health has transitioned from Ok to Severe. 100.0 % of the requests are failing.
                    none    | INFO  | Deleting SNS topic for environment web-prod.
                    """)
    void eachKindOfEndIsKnown(String kind, String severity, String message) {
        Event event = new Event(Instant.EPOCH, severity, message, null, null);

        assertEquals(kind, event.success() ? "success" : event.done() ? "done" : event.failure() ? "failure" : "none");
        assertEquals(false, event.failure() && (event.success() || event.done()), "one meaning");
    }
}
