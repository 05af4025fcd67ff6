package dev.holdfast.introspection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.PresentedToken;
import dev.holdfast.introspection.IntrospectionEndpoint.ClientAuthentication;
import java.net.URLEncoder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes introspection requests (RFC 7662 section 2.1) with the client's authentication. */
final class IntrospectionRequests {
  private final @Nullable String authorization;
  private final String formEnd;

  IntrospectionRequests(IntrospectionEndpoint endpoint) {
    String id = formEncoded(endpoint.clientId());
    String secret = formEncoded(endpoint.clientSecret());
    if (endpoint.clientAuthentication() == ClientAuthentication.BASIC) {
      // Encoded first, so that a colon inside the identifier cannot end it: RFC 6749 section 2.3.1.
      byte[] credentials = (id + ":" + secret).getBytes(US_ASCII);
      authorization = "Basic " + Base64.getEncoder().encodeToString(credentials);
      formEnd = "&token_type_hint=access_token";
    } else {
      authorization = null;
      formEnd = "&token_type_hint=access_token&client_id=" + id + "&client_secret=" + secret;
    }
  }

  /** The field's value, the same for every request; null when the form has the credentials. */
  @Nullable String authorization() {
    return authorization;
  }

  /** The form about one token. */
  byte[] about(PresentedToken token) {
    return ("token=" + formEncoded(token.value()) + formEnd).getBytes(US_ASCII);
  }

  private static String formEncoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
