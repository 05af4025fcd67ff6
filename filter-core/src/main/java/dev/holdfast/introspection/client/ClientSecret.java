package dev.holdfast.introspection.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** An identifier and a secret (RFC 6749 section 2.3.1). */
public final class ClientSecret implements ClientCredential {
  private final @Nullable String authorization;
  private final String parameters;

  private ClientSecret(@Nullable String authorization, String parameters) {
    this.authorization = authorization;
    this.parameters = parameters;
  }

  /** {@code client_secret_basic}: both form-encoded, then HTTP Basic. */
  public static ClientSecret basic(String id, String secret) {
    require(id, secret);
    // Encoded first, so that a colon inside the identifier cannot end it.
    byte[] credentials = (encoded(id) + ":" + encoded(secret)).getBytes(US_ASCII);
    return new ClientSecret("Basic " + Base64.getEncoder().encodeToString(credentials), "");
  }

  /** {@code client_secret_post}: both in the form. */
  public static ClientSecret post(String id, String secret) {
    require(id, secret);
    return new ClientSecret(
        null, "&client_id=" + encoded(id) + "&client_secret=" + encoded(secret));
  }

  private static void require(String id, String secret) {
    if (id.isEmpty() || secret.isEmpty()) {
      throw new IllegalArgumentException("introspection needs a client-id and a client-secret");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public @Nullable String authorization() {
    return authorization;
  }

  @Override
  public String parameters() {
    return parameters;
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "ClientSecret";
  }
}
