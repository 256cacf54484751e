package io.jenkins.plugins.awscicd.step.beanstalk;

import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;

/** Runs that deploy web to web-prod. */
public abstract class BeanstalkRuns extends PipelineRuns {

    protected static final String WEB_TO_PROD = "application: 'web', environment: 'web-prod'";
    public static final String STEP =
            "beanstalkDeploy " + WEB_TO_PROD + ", bundle: 's3://artifacts/1.zip', versionLabel: 'v1'";

    @BeforeEach
    public void bundles() throws Exception {
        bundles(local.aws());
    }

    /** Two bundles that can be deployed. */
    public static void bundles(LocalAws aws) throws IOException {
        aws.s3().createBucket("artifacts", false);
        for (String key : List.of("1.zip", "2.zip")) {
            aws.s3().put("artifacts", key, zip());
        }
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("Procfile"));
            zip.write("web: ./run\n".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** The environment that is deployed to, with three instances that run v0; deploying takes no time to speak of. */
    protected EnvironmentSpec environment() {
        EnvironmentSpec spec = EnvironmentSpec.simulated("web", "web-prod")
                .instances(3)
                .version("v0")
                .basicHealth();
        spec.simulation().command(LocalAwsExtension.SOON);
        return spec;
    }

    protected long calls(String operation) {
        return local.aws().calls().count("ElasticBeanstalk." + operation);
    }
}
