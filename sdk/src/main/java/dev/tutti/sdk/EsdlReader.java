package dev.tutti.sdk;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads ESDL of any namespace version: elements with their class, attributes and content. The class
 * is that of {@code xsi:type}, or what the metamodel has by default, which is the name of the
 * containing feature with a capital. Nothing outside the file is ever read.
 */
final class EsdlReader {
  private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

  /** The JDK would stop at 100. */
  private static final int DEEPEST = 90;

  private static final int MOST_OBJECTS = 2_000_000;

  private final XMLStreamReader xml;
  private int objects;

  private EsdlReader(XMLStreamReader xml) {
    this.xml = xml;
  }

  static EnergySystem read(String text) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
      xml.nextTag();
      if (!xml.getLocalName().equals("EnergySystem")) {
        throw new IllegalArgumentException(
            "this is no ESDL: it begins with '%s' instead of 'esdl:EnergySystem'"
                .formatted(xml.getLocalName()));
      }
      return new EnergySystem(new EsdlReader(xml).element(0));
    } catch (XMLStreamException unreadable) {
      throw new IllegalArgumentException("this is no ESDL: " + unreadable.getMessage(), unreadable);
    }
  }

  /** The element whose start is current; afterwards its end is. */
  private EsdlObject element(int depth) throws XMLStreamException {
    if (depth > DEEPEST || ++objects > MOST_OBJECTS) {
      throw new IllegalArgumentException(
          "this ESDL has more than %d objects or %d levels".formatted(MOST_OBJECTS, DEEPEST));
    }
    String feature = xml.getLocalName();
    String type = typeOf(feature);
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (!INSTANCE.equals(xml.getAttributeNamespace(i))) {
        attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
      }
    }
    List<EsdlObject> children = new ArrayList<>();
    while (xml.next() != XMLStreamConstants.END_ELEMENT) {
      if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
        children.add(element(depth + 1));
      }
    }
    return new EsdlObject(feature, type, attributes, children);
  }

  private String typeOf(String feature) {
    String named = xml.getAttributeValue(INSTANCE, "type");
    return named == null
        ? Character.toUpperCase(feature.charAt(0)) + feature.substring(1)
        : named.substring(named.indexOf(':') + 1);
  }
}
