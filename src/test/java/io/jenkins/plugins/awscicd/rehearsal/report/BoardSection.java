package io.jenkins.plugins.awscicd.rehearsal.report;

import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.rehearsal.stage.Configuration;
import io.jenkins.plugins.awscicd.rehearsal.stage.Memory;
import io.jenkins.plugins.awscicd.rehearsal.stage.Stage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What runs where when the delivery has ended: each application in each stage. */
final class BoardSection {

    private final Configuration configuration;
    private final Memory memory;

    BoardSection(Configuration configuration, Memory memory) {
        this.configuration = configuration;
        this.memory = memory;
    }

    void write(Html page) {
        List<Memory.Deployed> all = memory.deployments();
        List<String> stages = stages(all);
        if (stages.isEmpty()) {
            return;
        }
        Set<String> applications = new LinkedHashSet<>();
        all.forEach(it -> applications.add(rowOf(it)));
        page.raw("<h2>The board</h2><div class=\"wide\"><table class=\"board\"><thead><tr><th>Application</th>");
        stages.forEach(stage -> page.raw("<th>")
                .text(stage)
                .raw(guarded(stage) ? " <span class=\"guarded\">guarded</span></th>" : "</th>"));
        page.raw("</tr></thead><tbody>");
        for (String application : applications) {
            page.raw("<tr><th scope=\"row\">").text(application).raw("</th>");
            for (String stage : stages) {
                cell(
                        page,
                        all.stream()
                                .filter(it -> rowOf(it).equals(application) && stage.equals(stageOf(it)))
                                .toList());
            }
            page.raw("</tr>");
        }
        if (applications.isEmpty()) {
            page.raw("<tr><td colspan=\"" + (stages.size() + 1) + "\" class=\"empty\">Nothing was deployed.</td></tr>");
        }
        page.raw("</tbody></table></div>");
    }

    private List<String> stages(List<Memory.Deployed> all) {
        Set<String> names = new LinkedHashSet<>();
        configuration.stages().forEach(stage -> names.add(stage.name()));
        all.forEach(it -> names.add(stageOf(it)));
        return new ArrayList<>(names);
    }

    private boolean guarded(String name) {
        return configuration.find(name).filter(Stage::isGuarded).isPresent();
    }

    private static String stageOf(Memory.Deployed deployed) {
        return deployed.stage() == null ? deployed.target().name() : deployed.stage();
    }

    /** The application; what is in none is by itself. */
    private static String rowOf(Memory.Deployed deployed) {
        Target target = deployed.target();
        return switch (target.service()) {
            case CODE_DEPLOY, BEANSTALK -> target.application();
            case CLOUD_FORMATION, STACK_SET, CODE_PIPELINE -> target.toString();
        };
    }

    private void cell(Html page, List<Memory.Deployed> had) {
        if (had.isEmpty()) {
            page.raw("<td class=\"empty\">–</td>");
            return;
        }
        Memory.Deployed last = had.get(had.size() - 1);
        page.raw("<td class=\"" + (last.succeeded() ? "good" : "bad") + "\">");
        page.element("b", "", last.revision() == null ? "deployed" : shortly(last.revision()));
        page.element("small", "", last.target().toString());
        if (!last.succeeded()) {
            page.element("small", "why", last.cause());
        }
        List<String> by = memory.approvals().stream()
                .filter(it -> it.stage() != null && it.stage().equals(last.stage()))
                .map(Memory.Approved::who)
                .distinct()
                .toList();
        if (!by.isEmpty()) {
            page.element("small", "", "approved by " + String.join(", ", by));
        }
        page.raw("<details><summary>Revision</summary><code>")
                .text(last.revision())
                .raw("</code></details></td>");
    }

    /** Of an address its last two parts, of which one tells the version and the other one the file; of a change set's ARN its name. */
    static String shortly(String revision) {
        String address = revision.replaceFirst(" @ .*", "");
        if (address.matches("arn:.*:changeSet/.*")) {
            String name = address.replaceFirst(".*:changeSet/", "").replaceFirst("/.*", "");
            return name.replaceFirst("([0-9a-f]{8})(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "$1");
        }
        if (!address.startsWith("s3://")) {
            return address;
        }
        String[] parts = address.split("/");
        String file = parts[parts.length - 1];
        String before = parts[parts.length - 2];
        return file.matches("[0-9a-f]{40,}.*")
                ? file.substring(0, 12)
                : file + " · " + before.substring(0, Math.min(8, before.length()));
    }
}
