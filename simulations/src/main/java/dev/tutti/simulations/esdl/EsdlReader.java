package dev.tutti.simulations.esdl;

import dev.tutti.simulations.esdl.EsdlReading.Read;
import dev.tutti.simulations.esdl.EsdlReading.Unreadable;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the objects of an ESDL file (spec DOTS 3.5). A file comes from a stranger: nothing in it
 * can make this read another file, call a host, or take more memory than the limits allow.
 */
public final class EsdlReader {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final EsdlLimits limits;

  public EsdlReader(EsdlLimits limits) {
    this.limits = limits;
  }

  /** Reads a file, whatever it holds. */
  public EsdlReading read(byte[] file) {
    if (file.length > limits.bytes()) {
      return Unreadable.asAWhole(
          "The ESDL has %,d bytes, at most %,d are read.".formatted(file.length, limits.bytes()));
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException e) {
      return Unreadable.asAWhole("The ESDL is not text in UTF-8.");
    }
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    try {
      return new Read(new Reading(factory().createXMLStreamReader(new StringReader(text))).all());
    } catch (XMLStreamException e) {
      Location at = e.getLocation();
      return at == null
          ? Unreadable.asAWhole(said(e))
          : new Unreadable(said(e), at.getLineNumber(), at.getColumnNumber());
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    // A profile may be one long text; the other limits of the platform are what they are.
    factory.setXMLResolver((_, _, _, _) -> {
      throw new XMLStreamException("External entities are not read.");
    });
    return factory;
  }

  /** What the parser says, without the place, which is given apart. */
  private static String said(XMLStreamException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    int start = message.indexOf("Message: ");
    String bare = start < 0 ? message : message.substring(start + "Message: ".length());
    return bare.isBlank() ? "The XML is malformed." : bare.strip();
  }

  /** An element on the way: an object, and what is in it. */
  private record Node(EsdlObject object, List<Node> children) {}

  /** One pass over one file. */
  private final class Reading {

    private final XMLStreamReader xml;
    private final Deque<Node> open = new ArrayDeque<>();
    private int elements;

    Reading(XMLStreamReader xml) {
      this.xml = xml;
    }

    EnergySystem all() throws XMLStreamException {
      Node root = null;
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.DTD -> throw at("A document type declaration is not read.");
          case XMLStreamConstants.ENTITY_REFERENCE ->
              throw at("The entity '%s' is not read.".formatted(xml.getLocalName()));
          case XMLStreamConstants.START_ELEMENT -> {
            Node node = begin();
            if (root == null) {
              root = node;
            }
          }
          case XMLStreamConstants.END_ELEMENT -> open.pop();
          default -> {
            // Text and comments belong to no object.
          }
        }
      }
      if (root == null) {
        throw at("There is no element.");
      }
      List<EsdlObject> contents = new ArrayList<>(elements);
      addContents(root, contents);
      return new EnergySystem(root.object(), contents);
    }

    private Node begin() throws XMLStreamException {
      if (++elements > limits.elements()) {
        throw at("There are more than %,d elements.".formatted(limits.elements()));
      }
      if (open.size() >= limits.depth()) {
        throw at("Elements are nested more than %d deep.".formatted(limits.depth()));
      }
      Node parent = open.peek();
      Location place = xml.getLocation();
      Node node =
          new Node(
              new EsdlObject(
                  parent == null ? root() : type(parent.object().type()),
                  attribute("", "id"),
                  place.getLineNumber(),
                  place.getColumnNumber()),
              new ArrayList<>(0));
      // An element that refers to another file stands for an object that is not in this one.
      if (parent != null && attribute("", "href").isEmpty()) {
        parent.children().add(node);
      }
      open.push(node);
      return node;
    }

    private String root() throws XMLStreamException {
      if (!xml.getLocalName().equals(EnergySystem.CLASS)) {
        throw at("The root is '%s', not an EnergySystem.".formatted(xml.getLocalName()));
      }
      return EnergySystem.CLASS;
    }

    private String type(String container) {
      String named = attribute(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "type").strip();
      return named.isEmpty()
          ? EsdlClasses.contained(container, xml.getLocalName())
          : named.substring(named.indexOf(':') + 1);
    }

    private String attribute(String namespace, String name) {
      for (int i = 0; i < xml.getAttributeCount(); i++) {
        if (xml.getAttributeLocalName(i).equals(name)
            && Objects.requireNonNullElse(xml.getAttributeNamespace(i), "").equals(namespace)) {
          return xml.getAttributeValue(i);
        }
      }
      return "";
    }

    private XMLStreamException at(String reason) {
      return new XMLStreamException(reason, xml.getLocation());
    }
  }

  private static void addContents(Node node, List<EsdlObject> contents) {
    node.children().forEach(child -> contents.add(child.object()));
    node.children().forEach(child -> addContents(child, contents));
  }
}
