package dev.holdfast.introspection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.PresentedToken;
import dev.holdfast.introspection.IntrospectionEndpoint.ClientAuthentication;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.util.Base64;

/** Makes introspection requests (RFC 7662 section 2.1) with the client's authentication. */
final class IntrospectionRequests {
  private final HttpRequest.Builder template;
  private final String formEnd;

  IntrospectionRequests(IntrospectionEndpoint endpoint) {
    template =
        HttpRequest.newBuilder(endpoint.uri())
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded");
    String id = formEncoded(endpoint.clientId());
    String secret = formEncoded(endpoint.clientSecret());
    if (endpoint.clientAuthentication() == ClientAuthentication.BASIC) {
      // Encoded first, so that a colon inside the identifier cannot end it: RFC 6749 section 2.3.1.
      byte[] credentials = (id + ":" + secret).getBytes(US_ASCII);
      template.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
      formEnd = "&token_type_hint=access_token";
    } else {
      formEnd = "&token_type_hint=access_token&client_id=" + id + "&client_secret=" + secret;
    }
  }

  HttpRequest about(PresentedToken token) {
    String form = "token=" + formEncoded(token.value()) + formEnd;
    return template.copy().POST(HttpRequest.BodyPublishers.ofString(form, US_ASCII)).build();
  }

  private static String formEncoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
