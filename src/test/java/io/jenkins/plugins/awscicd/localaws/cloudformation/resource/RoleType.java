package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import java.util.HashMap;
import java.util.Map;

/** AWS::IAM::Role. Of a role there is its name, which is taken by one of the account only. */
final class RoleType extends Real {

    private final Map<String, String> ids = new HashMap<>();

    RoleType() {
        super("RoleName", "Path");
    }

    @Override
    public Made create(ResourceRequest request) throws ResourceFailure {
        String name = request.name("RoleName", 64);
        if (ids.containsKey(name)) {
            throw refused("Iam", "Role with name " + name + " already exists.");
        }
        ids.put(name, request.chance().upper("AROA", 21));
        return made(request, name);
    }

    private Made made(ResourceRequest request, String name) {
        String path = request.text("Path") == null ? "/" : request.text("Path");
        String arn = "arn:" + request.place().partition() + ":iam::"
                + request.place().account() + ":role" + path + name;
        return new Made(name, Map.of("Arn", arn, "RoleId", ids.getOrDefault(name, "AROAUNKNOWN")));
    }

    @Override
    public Made update(ResourceRequest request) {
        return made(request, request.physicalId());
    }

    @Override
    public void delete(ResourceRequest request) {
        ids.remove(request.physicalId());
    }
}
