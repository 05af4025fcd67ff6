package dev.holdfast.introspection.signed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.HttpAnswer;
import dev.holdfast.internal.jose.PublicJwk;
import dev.holdfast.internal.jose.SignatureProviders;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A response that is right, and one mutation of it at a time. */
final class ResponseSpecimen {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00.7Z");
  static final String ISSUER = "https://as.example";
  static final Duration SKEW = Duration.ofSeconds(10);
  static final ECKey KEY = key();

  private ResponseSpecimen() {}

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("as-1").generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** Takes the signatures of {@link #KEY}, by ES256 alone. */
  static final ResponseSignatures SIGNATURES =
      (jws, header) -> {
        try {
          boolean holds =
              header.algorithm().equals("ES256")
                  && jws.isSigned(
                      PublicJwk.read(KEY.toPublicJWK().toJSONObject(), 2048)
                          .check(SigningAlgorithm.ES256, SignatureProviders.ofThisProcess()));
          return CompletableFuture.completedFuture(holds);
        } catch (UnacceptableJoseException e) {
          throw new AssertionError(e);
        }
      };

  static Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    claims.put("aud", "api");
    claims.put("iat", NOW.getEpochSecond());
    claims.put("token_introspection", Map.of("active", true, "sub", "alice"));
    return claims;
  }

  static String signed(Consumer<Map<String, Object>> change) {
    return signed(change, new JOSEObjectType("token-introspection+jwt"), KEY);
  }

  static String signed(
      Consumer<Map<String, Object>> change, @Nullable JOSEObjectType type, ECKey key) {
    Map<String, Object> claims = claims();
    change.accept(claims);
    try {
      JWSObject jws =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).keyID(key.getKeyID()).build(),
              new Payload(JSONObjectUtils.toJSONString(claims)));
      jws.sign(new ECDSASigner(key));
      return jws.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static SignedResponses reader(@Nullable DecryptionKey decryption) {
    return new SignedResponses(
        ISSUER,
        Set.of("api", "https://api.example"),
        SKEW,
        new SettableClock(NOW),
        SIGNATURES,
        decryption);
  }

  static HttpAnswer answer(String body) {
    return new HttpAnswer(200, SignedResponses.MEDIA_TYPE, body.getBytes(UTF_8));
  }

  /** What the response says of the token, or why it is refused. */
  static Object outcome(SignedResponses reader, HttpAnswer answer) {
    try {
      return reader.read(answer, NOW).join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof IssuerUnavailableException refused) {
        return String.valueOf(refused.getMessage());
      }
      throw failed;
    }
  }
}
