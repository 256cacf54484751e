package io.jenkins.plugins.awscicd;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Items;
import hudson.model.Run;
import hudson.util.XStream2;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAnswer;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalNotice;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.approval.StageBackground;
import io.jenkins.plugins.awscicd.delivery.guard.StageOverride;
import io.jenkins.plugins.awscicd.delivery.guard.StageOverrides;
import io.jenkins.plugins.awscicd.delivery.run.AwsAction;
import io.jenkins.plugins.awscicd.delivery.run.JobFact;
import io.jenkins.plugins.awscicd.delivery.run.JobPhase;
import io.jenkins.plugins.awscicd.delivery.run.JobRecord;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkDeployStep;
import io.jenkins.plugins.awscicd.step.beanstalk.OptionSetting;
import io.jenkins.plugins.awscicd.step.beanstalk.OptionToRemove;
import io.jenkins.plugins.awscicd.step.codebuild.ArtifactsOverride;
import io.jenkins.plugins.awscicd.step.codebuild.CacheOverride;
import io.jenkins.plugins.awscicd.step.codebuild.CloudWatchLogsOverride;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import io.jenkins.plugins.awscicd.step.codebuild.S3LogsOverride;
import io.jenkins.plugins.awscicd.step.codebuild.SecondarySource;
import io.jenkins.plugins.awscicd.step.codedeploy.AlarmsOverride;
import io.jenkins.plugins.awscicd.step.codedeploy.AutoRollbackOverride;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployStep;
import io.jenkins.plugins.awscicd.step.codedeploy.TagFilter;
import io.jenkins.plugins.awscicd.step.codedeploy.TagFilterGroup;
import io.jenkins.plugins.awscicd.step.codedeploy.TargetInstances;
import java.util.List;
import java.util.stream.Stream;

/** Runs and jobs that were stored when these classes were in other packages can still be read. */
public final class FormerNames {

    private static final List<Class<?>> OF_RUNS = List.of(
            AwsAction.class,
            JobRecord.class,
            JobPhase.class,
            JobFact.class,
            ApprovalAction.class,
            ApprovalRecord.class,
            ApprovalAnswer.class,
            ApprovalNotice.class,
            StageBackground.class,
            StageOverride.class,
            StageOverrides.class);

    private static final List<Class<?>> OF_JOBS = List.of(
            BeanstalkDeployStep.class,
            OptionSetting.class,
            OptionToRemove.class,
            CodeBuildStep.class,
            ArtifactsOverride.class,
            CacheOverride.class,
            CloudWatchLogsOverride.class,
            S3LogsOverride.class,
            SecondarySource.class,
            CodeDeployStep.class,
            AlarmsOverride.class,
            AutoRollbackOverride.class,
            TagFilter.class,
            TagFilterGroup.class,
            TargetInstances.class);

    private FormerNames() {}

    /** Before anything is read of disk. */
    @Initializer(before = InitMilestone.JOB_LOADED, after = InitMilestone.PLUGINS_STARTED)
    public static void know() {
        OF_RUNS.forEach(type -> know(Run.XSTREAM2, "io.jenkins.plugins.awscicd.delivery.", type));
        OF_JOBS.forEach(type -> know(Items.XSTREAM2, "io.jenkins.plugins.awscicd.step.", type));
    }

    private static void know(XStream2 stream, String formerPackage, Class<?> type) {
        String ofPackage = type.getPackageName() + ".";
        Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses()))
                .forEach(it -> stream.addCompatibilityAlias(
                        formerPackage + it.getName().substring(ofPackage.length()), it));
    }
}
