package dev.holdfast.introspection.signed;

import static dev.holdfast.internal.jose.UnacceptableJoseException.require;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.HttpAnswer;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.JoseHeader;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads introspection responses that are JWTs (RFC 9701 section 5): signed by the issuer, and
 * encrypted to this service where it has a {@link DecryptionKey}; then one that is not encrypted is
 * refused. What is not clearly such a response says nothing about the token: it counts as an outage
 * of the issuer.
 *
 * <p>Nothing in a response names the token that was asked about. That the answer belongs to the
 * question rests on TLS, and on {@code iat}: a response from before the call is refused.
 */
public final class SignedResponses {
  /** What a request asks for, and the one type that is taken. */
  public static final String MEDIA_TYPE = "application/token-introspection+jwt";

  private static final String TYPE = "token-introspection+jwt";

  private final ResponseClaims claims;
  private final ResponseSignatures signatures;
  private final @Nullable DecryptionKey decryption;

  /**
   * A reader.
   *
   * @param issuer whose responses they are, equal to {@code iss}
   * @param recipients names of this service; one of them must be in {@code aud}
   * @param clockSkew how far the issuer's clock may be from ours, in either direction
   * @param decryption null: responses are not encrypted
   */
  public SignedResponses(
      String issuer,
      Set<String> recipients,
      Duration clockSkew,
      Clock clock,
      ResponseSignatures signatures,
      @Nullable DecryptionKey decryption) {
    this.claims = new ResponseClaims(issuer, Set.copyOf(recipients), clockSkew, clock);
    this.signatures = signatures;
    this.decryption = decryption;
  }

  /**
   * What a response with status 200 says of the token: the members of {@code token_introspection}.
   *
   * @param asked when the call began
   * @return fails with {@link IssuerUnavailableException} for anything else than such a response
   */
  public CompletableFuture<Map<String, Object>> read(HttpAnswer answer, Instant asked) {
    if (!answer.mediaType().equals(MEDIA_TYPE)) {
      return refused("the introspection response is not " + MEDIA_TYPE);
    }
    try {
      String text = new String(answer.body(), ISO_8859_1);
      CompactJws jws = CompactJws.read(decryption == null ? text : decryption.decrypt(text));
      JoseHeader header = jws.header();
      require(isOfResponse(header.type()), "typ is not " + TYPE);
      CompletableFuture<Boolean> signed = signatures.hold(jws, header);
      return signed.isDone()
          ? signed.thenCompose(holds -> said(holds, jws, asked))
          // not on the thread that fetched the keys: many may have waited for them
          : signed.thenComposeAsync(holds -> said(holds, jws, asked));
    } catch (UnacceptableJoseException broken) {
      return broken(broken.rule());
    }
  }

  private static boolean isOfResponse(@Nullable String type) {
    String written = type == null ? "" : type.toLowerCase(Locale.ROOT);
    return written.equals(TYPE) || written.equals(MEDIA_TYPE);
  }

  private CompletableFuture<Map<String, Object>> said(
      boolean signed, CompactJws jws, Instant asked) {
    if (!signed) {
      return broken("no key of the issuer signed it by an algorithm that is taken");
    }
    try {
      return CompletableFuture.completedFuture(claims.introspection(jws.claims(), asked));
    } catch (UnacceptableJoseException broken) {
      return broken(broken.rule());
    }
  }

  private static CompletableFuture<Map<String, Object>> broken(String rule) {
    return refused("the signed introspection response is refused: " + rule);
  }

  private static CompletableFuture<Map<String, Object>> refused(String rule) {
    return CompletableFuture.failedFuture(new IssuerUnavailableException(rule, null));
  }
}
