package io.osspost.emulator.internal.protocol;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of a client's document: name, text, children. Namespaces are ignored, and document
 * types are rejected, so no entity can refer to other files. Immutable.
 *
 * @param text the text between the tags, without that of children
 */
public record XmlElement(String name, String text, List<XmlElement> children) {
  private static final XMLInputFactory FACTORY = factory();
  private static final int DEEPEST = 10;

  /** Reports a document that cannot be read. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Reads a whole document. */
  public static XmlElement parse(byte[] document) throws MalformedException {
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
      reader.nextTag();
      XmlElement root = element(reader, DEEPEST);
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.DTD) {
          throw new XMLStreamException("a document type is not allowed");
        }
      }
      return root;
    } catch (XMLStreamException e) {
      throw new MalformedException("The document is not well-formed", e);
    }
  }

  /** Returns the children with that name. */
  public List<XmlElement> all(String child) {
    return children.stream().filter(element -> element.name.equals(child)).toList();
  }

  /** Returns the text of the children with that name, without surrounding white space. */
  public List<String> texts(String child) {
    return all(child).stream().map(element -> element.text.trim()).toList();
  }

  /** Returns the first child with that name. */
  public Optional<XmlElement> first(String child) {
    return children.stream().filter(element -> element.name.equals(child)).findFirst();
  }

  private static XmlElement element(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth == 0) {
      throw new XMLStreamException("elements are nested too deeply");
    }
    String name = reader.getLocalName();
    StringBuilder text = new StringBuilder();
    List<XmlElement> children = new ArrayList<>();
    for (int event = reader.next();
        event != XMLStreamConstants.END_ELEMENT;
        event = reader.next()) {
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth - 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getText());
        case XMLStreamConstants.ENTITY_REFERENCE, XMLStreamConstants.DTD ->
            throw new XMLStreamException("an entity that is not one of XML's own");
        default -> {}
      }
    }
    return new XmlElement(name, text.toString(), List.copyOf(children));
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory;
  }
}
