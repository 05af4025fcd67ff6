package dev.holdfast.mtls.encoding;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Certificates in PEM and nothing else: no words before, between or behind them (RFC 7468 section
 * 5).
 */
public final class PemText {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  /** What stands where the file had a line break. */
  public enum LineBreak {
    /** LF or CR LF. */
    LINE_FEED {
      @Override
      int after(String text, int at) {
        int feed = at < text.length() && text.charAt(at) == '\r' ? at + 1 : at;
        return feed < text.length() && text.charAt(feed) == '\n' ? feed + 1 : -1;
      }
    },
    /** Spaces and tabs, as in a header whose lines were joined (RFC 9112 section 5.2). */
    WHITE_SPACE {
      @Override
      int after(String text, int at) {
        int end = at;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
          end++;
        }
        return end > at ? end : -1;
      }
    };

    /** The index behind one line break that begins at {@code at}, or -1 when there is none. */
    abstract int after(String text, int at);
  }

  private final String text;
  private final LineBreak lineBreak;
  private int at;

  private PemText(String text, LineBreak lineBreak) {
    this.text = text;
    this.lineBreak = lineBreak;
  }

  /**
   * The base64 between the two boundaries where nothing separates it from them, or null where
   * something does.
   */
  public static @Nullable String joinedBase64(String text) {
    int end = text.length() - END.length();
    return end > BEGIN.length()
            && text.startsWith(BEGIN)
            && text.endsWith(END)
            && text.charAt(BEGIN.length()) > ' '
        ? text.substring(BEGIN.length(), end)
        : null;
  }

  /** The DER of the only certificate. */
  public static byte[] one(String text, LineBreak lineBreak) throws UnreadableCertificateException {
    List<byte[]> certificates = all(text, lineBreak);
    if (certificates.size() != 1) {
      throw new UnreadableCertificateException("more than one client certificate");
    }
    return certificates.get(0);
  }

  /** The DER of every certificate, at least one, in their order. */
  public static List<byte[]> all(String text, LineBreak lineBreak)
      throws UnreadableCertificateException {
    PemText pem = new PemText(text, lineBreak);
    List<byte[]> certificates = new ArrayList<>();
    do {
      if (certificates.size() == CertificateLimits.MAX_CERTIFICATES) {
        throw new UnreadableCertificateException("the certificate chain is too long");
      }
      certificates.add(pem.certificate());
    } while (pem.at < text.length());
    return certificates;
  }

  private byte[] certificate() throws UnreadableCertificateException {
    expect(BEGIN);
    expectLineBreak();
    StringBuilder base64 = new StringBuilder(text.length() - at);
    do {
      base64.append(line());
      expectLineBreak();
    } while (!text.startsWith(END, at));
    at += END.length();
    if (at < text.length()) {
      expectLineBreak();
    }
    return StrictBase64.decode(base64.toString());
  }

  /** Up to the next line break, which is not part of it; at least one character. */
  private String line() throws UnreadableCertificateException {
    int start = at;
    while (at < text.length() && lineBreak.after(text, at) < 0) {
      at++;
    }
    if (at == start) {
      throw malformed();
    }
    return text.substring(start, at);
  }

  private void expect(String words) throws UnreadableCertificateException {
    if (!text.startsWith(words, at)) {
      throw malformed();
    }
    at += words.length();
  }

  private void expectLineBreak() throws UnreadableCertificateException {
    int after = lineBreak.after(text, at);
    if (after < 0) {
      throw malformed();
    }
    at = after;
  }

  private static UnreadableCertificateException malformed() {
    return new UnreadableCertificateException("the client certificate is not PEM");
  }
}
