package dev.holdfast.introspection.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.files.UnusableFileException;
import dev.holdfast.internal.files.WatchedFiles;
import dev.holdfast.internal.json.QuotedText;
import java.net.URLEncoder;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code private_key_jwt}: a JWT for each request, signed by this service's key (RFC 7523 sections
 * 2.2 and 3). It says who asks ({@code iss}, {@code sub}), whom ({@code aud}, one text), and when;
 * it ends after a minute, and its {@code jti} is random, because an issuer may refuse one that it
 * has seen.
 */
public final class ClientAssertions implements ClientCredential {
  private static final int SECONDS = 60;
  private static final int RANDOM_BYTES = 16;

  private final WatchedFiles<SigningKey> key;
  private final String claims;
  private final String parameters;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  private ClientAssertions(
      WatchedFiles<SigningKey> key, String clientId, String audience, Clock clock) {
    this.key = key;
    this.clock = clock;
    String id = QuotedText.quoted(clientId);
    this.claims =
        "{\"iss\":"
            + id
            + ",\"sub\":"
            + id
            + ",\"aud\":"
            + QuotedText.quoted(audience)
            + ",\"jti\":\"";
    // RFC 7521 section 4.2 has client_id as optional, and Spring Authorization Server demands it.
    this.parameters =
        "&client_id="
            + URLEncoder.encode(clientId, UTF_8)
            + "&client_assertion_type="
            + URLEncoder.encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", UTF_8)
            + "&client_assertion=";
  }

  /**
   * Assertions by the key in a file, which is read now and again when it has changed.
   *
   * @param clientId this service's identifier at the issuer
   * @param audience the issuer's identifier, or the address of the endpoint that is asked
   * @throws UnusableFileException when the file has no key that can be used
   * @throws IllegalArgumentException without an identifier
   */
  public static ClientAssertions of(String clientId, String audience, ClientKey key, Clock clock)
      throws UnusableFileException {
    if (clientId.isEmpty()) {
      throw new IllegalArgumentException("introspection needs a client-id");
    }
    return new ClientAssertions(
        WatchedFiles.of(
            key.setting(),
            List.of(key.file()),
            contents -> SigningKey.of(key, contents.get(0)),
            clock),
        clientId,
        audience,
        clock);
  }

  @Override
  public @Nullable String authorization() {
    return null;
  }

  /** With a new assertion each time. */
  @Override
  public String parameters() {
    return parameters + assertion();
  }

  private String assertion() {
    byte[] id = new byte[RANDOM_BYTES];
    random.nextBytes(id);
    long now = clock.instant().getEpochSecond();
    String all =
        claims + Base64Url.encode(id) + "\",\"iat\":" + now + ",\"exp\":" + (now + SECONDS) + '}';
    SigningKey current = key.current();
    return current.signer().sign(current.header(), all.getBytes(US_ASCII));
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "ClientAssertions";
  }
}
