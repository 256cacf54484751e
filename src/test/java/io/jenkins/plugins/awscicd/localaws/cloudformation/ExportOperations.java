package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.StackXml;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Exports;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.List;

/** ListExports and ListImports. */
final class ExportOperations {

    private ExportOperations() {}

    static void addTo(CloudFormationApi api) {
        api.operation("ListExports", ExportOperations::exports).operation("ListImports", ExportOperations::imports);
    }

    private static Xml.Content exports(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Pages<Exports.Export> page =
                Pages.of(cloudFormation.stacks().exports().all(), input, cloudFormation.pageSize());
        return xml -> {
            StackXml.list(
                    xml,
                    "Exports",
                    page.items(),
                    (export, member) -> member.text(
                                    "ExportingStackId", export.stack().id())
                            .text("Name", export.name())
                            .text("Value", export.value()));
            xml.text("NextToken", page.next());
        };
    }

    private static Xml.Content imports(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        String name = input.required("ExportName");
        List<String> importers = List.copyOf(cloudFormation.stacks().exports().importers(name));
        if (importers.isEmpty()) {
            throw Refusal.validation("Export '" + name + "' is not imported by any stack.");
        }
        return xml -> StackXml.texts(xml, "Imports", importers);
    }
}
