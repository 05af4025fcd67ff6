package dev.holdfast.mtls.header;

import dev.holdfast.Sha256Digest;
import dev.holdfast.mtls.encoding.DecodedCertificate;
import dev.holdfast.mtls.encoding.DerCertificate;
import dev.holdfast.mtls.encoding.Sha256Text;
import dev.holdfast.mtls.encoding.UnreadableCertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Envoy's {@code X-Forwarded-Client-Cert}: comma-separated elements, one for each proxy that
 * appended, of semicolon-separated {@code key=value} pairs. A value may be quoted, and inside the
 * quotes a backslash takes away the next character's meaning.
 *
 * <p>Envoy writes the pairs of an element in one order: {@code By} (a name of its own certificate),
 * {@code Hash}, {@code Cert}, {@code Chain}, {@code Subject}, then {@code URI} and {@code DNS}. It
 * does not quote {@code By}, {@code URI} and {@code DNS}, and the client chooses the latter two. So
 * that nothing in a name can speak for the proxy:
 *
 * <ul>
 *   <li>the field has exactly as many elements as trusted proxies append, and the first is the
 *       client's: all that a client can bring in stands behind the proxy's own {@code Hash};
 *   <li>behind {@code URI} or {@code DNS} nothing may follow in an element but more names;
 *   <li>a name ends where a key that Envoy knows follows a separator. Any other separator belongs
 *       to the name, which decides nothing;
 *   <li>no quoted value holds a separator and {@code URI=} or {@code DNS=}, which no subject has:
 *       what a client sent in a header of its own could open a quote that a name closes.
 * </ul>
 *
 * <p>The whole field is read before any of it counts. Keys do not care about case; those that name
 * the certificate occur once in an element, and unknown ones are passed over. A {@code Hash} and a
 * {@code Cert} must agree.
 */
final class XfccHeader {
  private static final int MAX_KEY = 32;
  private static final Set<String> NAMES_OF_CLIENT = Set.of("uri", "dns");
  private static final Set<String> NAMES = Set.of("by", "uri", "dns");
  private static final List<String> KEYS_OF_CLIENT = List.of("uri=", "dns=");
  private static final List<String> KEYS =
      List.of("by=", "hash=", "cert=", "chain=", "subject=", "uri=", "dns=");

  /** What of an element is of interest; empty where it has no such pair. */
  private static final class Element {
    private final List<String> seen = new ArrayList<>();
    private boolean hasClientsNames;
    private String hash = "";
    private String cert = "";

    void put(String key, String value) throws UnreadableCertificateException {
      if (NAMES.contains(key)) {
        hasClientsNames |= NAMES_OF_CLIENT.contains(key);
        return;
      }
      if (hasClientsNames) {
        throw new UnreadableCertificateException(
            "a pair follows a name of the client's, which Envoy does not quote:"
                + " do not forward uri and dns");
      }
      if (seen.contains(key)) {
        throw new UnreadableCertificateException("an element repeats a key");
      }
      seen.add(key);
      if (key.equals("hash")) {
        hash = value;
      } else if (key.equals("cert")) {
        cert = value;
      }
    }

    DecodedCertificate decode() throws UnreadableCertificateException {
      if (seen.contains("cert")) {
        DecodedCertificate whole = DerCertificate.ofEscapedPem(cert);
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
   * @param hops how many trusted proxies append an element; the field has no other elements
   */
  static DecodedCertificate decode(String field, int hops) throws UnreadableCertificateException {
    return new XfccHeader(field).firstOf(hops).decode();
  }

  private Element firstOf(int hops) throws UnreadableCertificateException {
    Element first = element();
    int elements = 1;
    while (at < field.length() && elements < hops) {
      at++; // the comma
      element();
      elements++;
    }
    if (at < field.length()) {
      throw new UnreadableCertificateException(
          "more elements than certificate.header.hops: another proxy appends, the client sent one,"
              + " or a name in a certificate looks like one (do not forward uri and dns)");
    }
    if (elements < hops) {
      throw new UnreadableCertificateException("fewer elements than certificate.header.hops");
    }
    return first;
  }

  private Element element() throws UnreadableCertificateException {
    Element element = new Element();
    while (true) {
      String key = key().toLowerCase(Locale.ROOT);
      element.put(key, value(key));
      if (at == field.length() || field.charAt(at) == ',') {
        return element;
      }
      at++; // the semicolon
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
  private String value(String key) throws UnreadableCertificateException {
    boolean quoted = at < field.length() && field.charAt(at) == '"';
    String value = quoted ? quotedValue() : plainValue(NAMES.contains(key));
    if (at < field.length() && !isSeparator(field.charAt(at))) {
      throw malformed(); // something behind the closing quote
    }
    return value;
  }

  private static boolean isSeparator(char character) {
    return character == ',' || character == ';';
  }

  private String plainValue(boolean isName) throws UnreadableCertificateException {
    int start = at;
    for (; at < field.length() && !isEndOfValue(isName); at++) {
      char character = field.charAt(at);
      if (character <= ' ' || character >= 0x7f || character == '"' || character == '\\') {
        throw malformed();
      }
    }
    return field.substring(start, at);
  }

  private boolean isEndOfValue(boolean isName) {
    return isSeparator(field.charAt(at)) && (!isName || startsOneOf(KEYS, at + 1));
  }

  private boolean startsOneOf(List<String> keys, int start) {
    for (String key : keys) {
      if (field.regionMatches(true, start, key, 0, key.length())) {
        return true;
      }
    }
    return false;
  }

  private String quotedValue() throws UnreadableCertificateException {
    StringBuilder value = new StringBuilder();
    for (at++; at < field.length(); at++) {
      char character = field.charAt(at);
      if (character == '"') {
        at++;
        return value.toString();
      }
      if (isSeparator(character) && startsOneOf(KEYS_OF_CLIENT, at + 1)) {
        throw malformed();
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
