package dev.holdfast.introspection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.PresentedToken;
import dev.holdfast.introspection.client.ClientCredential;
import java.net.URLEncoder;

/** Makes introspection requests (RFC 7662 section 2.1) with the client's authentication. */
final class IntrospectionRequests {
  private final ClientCredential credential;

  IntrospectionRequests(ClientCredential credential) {
    this.credential = credential;
  }

  /** The form about one token. */
  byte[] about(PresentedToken token) {
    return ("token="
            + URLEncoder.encode(token.value(), UTF_8)
            + "&token_type_hint=access_token"
            + credential.parameters())
        .getBytes(US_ASCII);
  }
}
