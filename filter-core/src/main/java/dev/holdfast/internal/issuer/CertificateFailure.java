package dev.holdfast.internal.issuer;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a TLS connection to an issuer failed, when it was the issuer's certificate. */
final class CertificateFailure {
  private static final int DEEPEST = 16;
  private static final String UNTRUSTED =
      "the issuer's certificate is not trusted here. Set holdfast.tokens.issuers[].trusted-certificates"
          + " to a PEM file of the authority that issued it";
  private static final String ANOTHER_NAME =
      "the issuer's certificate does not fit the host name. Write the address with a name that its"
          + " certificate has";
  private static final String ANOTHER_TIME =
      "the issuer's certificate is not valid now. Look at its dates, and at this machine's clock";

  private CertificateFailure() {}

  /** A constant, since a certificate's own text is the peer's; null when it was something else. */
  static @Nullable String textOf(Exception failure) {
    if (!(failure instanceof SSLException)) {
      return null;
    }
    String text = null;
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (isOfTime(cause)) {
        return ANOTHER_TIME;
      }
      if (cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException) {
        text = UNTRUSTED;
      } else if (cause instanceof CertificateException && text == null) {
        text = ANOTHER_NAME;
      }
      cause = cause.getCause();
    }
    return text;
  }

  private static boolean isOfTime(Throwable cause) {
    return cause instanceof CertificateExpiredException
        || cause instanceof CertificateNotYetValidException
        || (cause instanceof CertPathValidatorException invalid
            && (invalid.getReason() == BasicReason.EXPIRED
                || invalid.getReason() == BasicReason.NOT_YET_VALID));
  }
}
