package dev.holdfast.testing.contract;

import jakarta.servlet.http.HttpServletRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.Locale;

/** What an application sees of a request, in every way that it can look. */
public final class SeenRequest {
  private static final String CERTIFICATE = "jakarta.servlet.request.X509Certificate";

  private SeenRequest() {}

  /** The text that {@link Server} serves at {@code /seen}. */
  public static String describe(HttpServletRequest request) {
    StringBuilder text = new StringBuilder();
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        text.append(name.toLowerCase(Locale.ROOT)).append(": ").append(value).append('\n');
      }
    }
    for (String name : new String[] {"Client-Cert", "Client_Cert", "X-Proxy", "X_Proxy"}) {
      text.append("by name: ").append(request.getHeader(name)).append('\n');
    }
    return text.append("remote: ")
        .append(request.getRemoteAddr())
        .append("\ncertificate: ")
        .append(thumbprint(request))
        .append('\n')
        .toString();
  }

  private static String thumbprint(HttpServletRequest request) {
    Object chain = request.getAttribute(CERTIFICATE);
    boolean named = Collections.list(request.getAttributeNames()).contains(CERTIFICATE);
    if (chain == null && !named) {
      return "none";
    }
    try {
      byte[] der = ((X509Certificate[]) chain)[0].getEncoded();
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
