package dev.holdfast.tls;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers which client certificate the container shows. */
final class CertificateServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Where the client has shown none. */
  static final String NOTHING = "nothing";

  /** The field that names the cipher suite. */
  static final String CIPHER_SUITE = "Cipher-Suite";

  private final AtomicInteger reached = new AtomicInteger();

  ServletContainerInitializer atCertificate() {
    return (classes, context) -> context.addServlet("certificate", this).addMapping("/certificate");
  }

  /** How many requests came. */
  int reached() {
    return reached.get();
  }

  /** Tells TLS 1.2 and 1.3 apart. */
  static void showCipherSuite(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(
        CIPHER_SUITE, (String) request.getAttribute("jakarta.servlet.request.cipher_suite"));
  }

  /** The certificate's SHA-256 in hexadecimal. */
  static String digest(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate has no digest", e);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    reached.incrementAndGet();
    showCipherSuite(request, response);
    Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
    response.setContentType("text/plain");
    response.getWriter().print(chain == null ? NOTHING : digest(((X509Certificate[]) chain)[0]));
  }
}
