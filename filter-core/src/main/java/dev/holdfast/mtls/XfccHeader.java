package dev.holdfast.mtls;

import dev.holdfast.Sha256Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Envoy's {@code X-Forwarded-Client-Cert}: comma-separated elements, one for each proxy that
 * appended, of semicolon-separated {@code key=value} pairs. A value may be quoted, and inside the
 * quotes a backslash takes away the next character's meaning.
 *
 * <p>The whole field is read before any of it counts. Keys do not care about case; those that name
 * the certificate occur once in an element, the names in it ({@code By}, {@code URI}, {@code DNS})
 * any number of times, and unknown ones are passed over. A {@code Hash} and a {@code Cert} must
 * agree.
 */
final class XfccHeader {
  private static final int MAX_ELEMENTS = 64;
  private static final int MAX_KEY = 32;
  private static final Set<String> REPEATABLE = Set.of("by", "uri", "dns");

  /** What of an element is of interest; empty where it has no such pair. */
  private static final class Element {
    private final List<String> seen = new ArrayList<>();
    private String hash = "";
    private String cert = "";

    void put(String name, String value) throws UnreadableCertificateException {
      String key = name.toLowerCase(Locale.ROOT);
      if (!REPEATABLE.contains(key)) {
        if (seen.contains(key)) {
          throw new UnreadableCertificateException("an element repeats a key");
        }
        seen.add(key);
      }
      if (key.equals("hash")) {
        hash = value;
      } else if (key.equals("cert")) {
        cert = value;
      }
    }

    DecodedCertificate decode() throws UnreadableCertificateException {
      if (seen.contains("cert")) {
        DecodedCertificate whole = CertificateEncoding.ESCAPED_PEM.decode(cert, 1);
        if (seen.contains("hash") && !Sha256Text.ofHex(hash).equals(whole.thumbprint())) {
          throw new UnreadableCertificateException("hash and certificate do not agree");
        }
        return whole;
      }
      Sha256Digest thumbprint = Sha256Text.ofHex(hash);
      return new DecodedCertificate(null, thumbprint);
    }
  }

  private final String field;
  private int at;

  private XfccHeader(String field) {
    this.field = field;
  }

  /**
   * The certificate of the client.
   *
   * @param hops how many of the last elements trusted proxies have appended
   */
  static DecodedCertificate decode(String field, int hops) throws UnreadableCertificateException {
    List<Element> elements = new XfccHeader(field).elements();
    if (elements.size() < hops) {
      throw new UnreadableCertificateException("fewer elements than trusted proxies");
    }
    return elements.get(elements.size() - hops).decode();
  }

  private List<Element> elements() throws UnreadableCertificateException {
    List<Element> elements = new ArrayList<>();
    Element element = new Element();
    elements.add(element);
    while (true) {
      element.put(key(), value());
      if (at == field.length()) {
        return elements;
      }
      if (field.charAt(at++) == ',') {
        if (elements.size() == MAX_ELEMENTS) {
          throw malformed();
        }
        element = new Element();
        elements.add(element);
      }
    }
  }

  /** Letters, digits, hyphens and underscores, with the equals sign that ends them. */
  private String key() throws UnreadableCertificateException {
    int start = at;
    while (at < field.length() && isKeyCharacter(field.charAt(at))) {
      at++;
    }
    if (at == start || at - start > MAX_KEY || at == field.length() || field.charAt(at) != '=') {
      throw malformed();
    }
    return field.substring(start, at++);
  }

  private static boolean isKeyCharacter(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '-'
        || character == '_';
  }

  /** Up to the separator, which is left. */
  private String value() throws UnreadableCertificateException {
    boolean quoted = at < field.length() && field.charAt(at) == '"';
    String value = quoted ? quotedValue() : plainValue();
    if (at < field.length() && !isSeparator(field.charAt(at))) {
      throw malformed(); // something behind the closing quote
    }
    return value;
  }

  private static boolean isSeparator(char character) {
    return character == ',' || character == ';';
  }

  private String plainValue() throws UnreadableCertificateException {
    int start = at;
    for (; at < field.length() && !isSeparator(field.charAt(at)); at++) {
      char character = field.charAt(at);
      if (character <= ' ' || character >= 0x7f || character == '"' || character == '\\') {
        throw malformed();
      }
    }
    return field.substring(start, at);
  }

  private String quotedValue() throws UnreadableCertificateException {
    StringBuilder value = new StringBuilder();
    for (at++; at < field.length(); at++) {
      char character = field.charAt(at);
      if (character == '"') {
        at++;
        return value.toString();
      }
      if (character == '\\' && ++at < field.length()) {
        character = field.charAt(at);
      }
      if (character < ' ' || character >= 0x7f) {
        throw malformed();
      }
      value.append(character);
    }
    throw malformed(); // no closing quote
  }

  private static UnreadableCertificateException malformed() {
    return new UnreadableCertificateException("the header is not Envoy's element syntax");
  }
}
