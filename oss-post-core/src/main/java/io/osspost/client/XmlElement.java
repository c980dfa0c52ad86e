package io.osspost.client;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of OSS's XML. Document types and external entities are not supported.
 *
 * @param text the text directly inside it
 */
record XmlElement(String name, String text, List<XmlElement> children) {
  /** The deepest of OSS's responses that are read here has three levels. */
  private static final int MAX_DEPTH = 8;

  private static final XmlElement EMPTY = new XmlElement("", "", Collections.emptyList());

  /**
   * Reads a document.
   *
   * @throws OssUnreachableException if it is not well-formed
   */
  static XmlElement read(String document) {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(document));
      reader.nextTag();
      XmlElement root = element(reader, 1);
      while (reader.hasNext()) {
        reader.next();
      }
      return root;
    } catch (XMLStreamException e) {
      throw new OssUnreachableException("the response is not the expected XML");
    }
  }

  /** Reads a document; returns an element without name and text if it is not well-formed. */
  static XmlElement orEmpty(String document) {
    try {
      return read(document);
    } catch (OssUnreachableException e) {
      return EMPTY;
    }
  }

  /** Returns the text of the first child of that name; empty without one. */
  String text(String child) {
    for (XmlElement element : children) {
      if (element.name.equals(child)) {
        return element.text;
      }
    }
    return "";
  }

  /** Returns the children of that name, in order. */
  List<XmlElement> all(String child) {
    List<XmlElement> all = new ArrayList<>();
    for (XmlElement element : children) {
      if (element.name.equals(child)) {
        all.add(element);
      }
    }
    return all;
  }

  private static XmlElement element(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth > MAX_DEPTH) {
      throw new XMLStreamException("more than " + MAX_DEPTH + " levels");
    }
    String name = reader.getLocalName();
    StringBuilder text = new StringBuilder();
    List<XmlElement> children = new ArrayList<>();
    for (int event = reader.next();
        event != XMLStreamConstants.END_ELEMENT;
        event = reader.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        children.add(element(reader, depth + 1));
      } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        text.append(reader.getText());
      }
    }
    return new XmlElement(name, text.toString().strip(), children);
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }
}
