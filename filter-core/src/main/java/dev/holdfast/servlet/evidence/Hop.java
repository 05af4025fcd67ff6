package dev.holdfast.servlet.evidence;

import dev.holdfast.http.LastHop;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * What one {@link RequestHops} found out about a request's last hop, kept with the request; nobody
 * outside this package can make this value.
 */
final class Hop {
  private final CertificateReader reader;
  private final LastHop lastHop;
  private boolean read;
  private @Nullable X509Certificate vouchedFor;

  Hop(CertificateReader reader, LastHop lastHop) {
    this.reader = reader;
    this.lastHop = lastHop;
  }

  boolean isOf(CertificateReader other) {
    return reader == other;
  }

  LastHop lastHop() {
    return lastHop;
  }

  /**
   * The certificate that a trusted proxy vouches for, or null; read when it is first asked for,
   * because most requests need its thumbprint only.
   */
  @Nullable X509Certificate vouchedFor(HttpServletRequest request) {
    if (!read) {
      vouchedFor = reader.vouchedFor(request, this);
      read = true;
    }
    return vouchedFor;
  }

  @Override
  public String toString() {
    return lastHop.toString();
  }

  /** Reads what a proxy says about its client's certificate. */
  @FunctionalInterface
  interface CertificateReader {
    /** The certificate that the trusted proxy verified, or null. */
    @Nullable X509Certificate vouchedFor(HttpServletRequest request, Hop hop);
  }
}
