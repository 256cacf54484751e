package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Fn::Cidr. */
final class Cidr {

    private Cidr() {}

    /** @param arguments a block, how many, and how many bits the hosts of each have */
    static ArrayNode split(JsonNode arguments) throws TemplateError {
        ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
        int count = arguments.path(1).asInt();
        int bits = arguments.path(2).asInt(8);
        String block = arguments.path(0).asText();
        if (block.contains(Scope.UNKNOWN)) {
            for (int i = 0; i < count; i++) {
                blocks.add(Scope.UNKNOWN);
            }
            return blocks;
        }
        int colon = block.indexOf("::/");
        if (colon > 2) {
            for (int i = 0; i < count; i++) {
                blocks.add("%s%02x::/%d".formatted(block.substring(0, colon - 2), i, 128 - bits));
            }
            return blocks;
        }
        String[] parts = block.split("[./]");
        if (parts.length != 5) {
            throw new TemplateError("Template error: every Fn::Cidr object requires two parameters, (1) CIDR block as"
                    + " String value and (2) number of subnets as Integer value.");
        }
        long address = 0;
        for (int i = 0; i < 4; i++) {
            address = address * 256 + Long.parseLong(parts[i]);
        }
        for (int i = 0; i < count; i++) {
            long at = address + ((long) i << bits);
            blocks.add("%d.%d.%d.%d/%d".formatted(at >> 24, at >> 16 & 255, at >> 8 & 255, at & 255, 32 - bits));
        }
        return blocks;
    }
}
