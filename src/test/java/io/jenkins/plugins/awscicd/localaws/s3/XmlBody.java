package io.jenkins.plugins.awscicd.localaws.s3;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The XML of a request, as far as S3's requests go: texts below the root, and items that have texts of their own. */
record XmlBody(Map<String, String> texts, Map<String, List<Map<String, String>>> items) {

    static XmlBody read(InputStream in) throws AwsError, IOException {
        byte[] bytes = in.readAllBytes();
        XmlBody body = new XmlBody(new HashMap<>(), new HashMap<>());
        if (bytes.length == 0) {
            return body;
        }
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            reader.nextTag();
            while (reader.nextTag() == XMLStreamReader.START_ELEMENT) {
                body.readChild(reader);
            }
            return body;
        } catch (XMLStreamException e) {
            throw AwsError.badRequest(
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
    }

    private void readChild(XMLStreamReader reader) throws XMLStreamException {
        String name = reader.getLocalName();
        Map<String, String> item = new HashMap<>();
        StringBuilder text = new StringBuilder();
        for (int event = reader.next(); event != XMLStreamReader.END_ELEMENT; event = reader.next()) {
            if (event == XMLStreamReader.START_ELEMENT) {
                item.put(reader.getLocalName(), reader.getElementText());
            } else if (event == XMLStreamReader.CHARACTERS) {
                text.append(reader.getText());
            }
        }
        texts.put(name, text.toString().strip());
        items.computeIfAbsent(name, key -> new ArrayList<>()).add(item);
    }

    /** The text of an element below the root, or {@code null}. */
    String text(String name) {
        return texts.get(name);
    }

    /** The items of a name, each with its texts. */
    List<Map<String, String>> items(String name) {
        return items.getOrDefault(name, List.of());
    }
}
