package io.jenkins.plugins.awscicd.localaws.wire;

import java.util.ArrayList;
import java.util.List;

/** An element that nobody has made text of: texts, or elements. */
final class XmlTree {

    private final String name;
    private String text = "";
    private List<XmlTree> elements = List.of();

    XmlTree(String name) {
        this.name = name;
    }

    void add(XmlTree element) {
        if (elements.isEmpty()) {
            elements = new ArrayList<>();
        }
        elements.add(element);
    }

    void add(String more) {
        text = text.isEmpty() ? more : text + more;
    }

    String text() {
        return text;
    }

    List<XmlTree> named(String wanted) {
        List<XmlTree> found = List.of();
        for (XmlTree element : elements) {
            if (element.name.equals(wanted)) {
                if (found.isEmpty()) {
                    found = new ArrayList<>(1);
                }
                found.add(element);
            }
        }
        return found;
    }
}
