package dev.holdfast.jwt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.ClaimRules;
import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import dev.holdfast.jwt.keys.KeySet;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the text: it is read, or refused with the declared exception; never anything else. */
class JwtReaderFuzzTest {
  private static final KeySet KEYS = Specimen.allKeys();
  private static final ClaimRules RULES =
      new ClaimRules(
          Specimen.ISSUER,
          Set.of(),
          Set.of(),
          Duration.ZERO,
          Clock.fixed(Specimen.NOW, ZoneOffset.UTC));

  static byte[][] seeds() {
    String valid = Specimen.es256().text();
    return new byte[][] {
      valid.getBytes(StandardCharsets.US_ASCII),
      (valid + "=").getBytes(StandardCharsets.US_ASCII),
      Specimen.rs256().header("crit", "x").text().getBytes(StandardCharsets.US_ASCII),
      "e30.e30.AAAA".getBytes(StandardCharsets.US_ASCII),
      "..".getBytes(StandardCharsets.US_ASCII),
      "{\"alg\":\"none\"}\n{\"iss\":\"https://issuer.example\",\"cnf\":{\"jkt\":[1e9]}}\nx"
          .getBytes(StandardCharsets.US_ASCII),
      ("{\"alg\":\"ES256\",\"typ\":null,\"kid\":null}\n"
              + "{\"iss\":null,\"exp\":1.8E9,\"nbf\":1e300,\"iat\":null,\"token_use\":[],"
              + "\"typ\":\"DPoP\",\"token_type\":\"urn:ietf:params:oauth:token-type:jwt\"}\nx")
          .getBytes(StandardCharsets.US_ASCII),
      new byte[0],
    };
  }

  @MethodSource("seeds")
  @FuzzTest
  void aTextIsReadOrRefused(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    read(text);
    String[] lines = text.split("\n", 3); // the same, past base64url: header, payload, signature
    if (lines.length == 3) {
      read(part(lines[0]) + "." + part(lines[1]) + "." + part(lines[2]));
    }
  }

  private static String part(String latin1) {
    return Base64Url.encode(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void read(String text) {
    CompactJws.hasJsonHeader(text);
    try {
      UnverifiedJwt jwt = UnverifiedJwt.read(text);
      OtherJwt.brokenRule(jwt.header().type(), jwt.claims(), false);
      OtherJwt.brokenRule(jwt.header().type(), jwt.claims(), true);
      RULES.check(jwt.claims());
      SigningAlgorithm algorithm = SigningAlgorithm.named(jwt.header().algorithm());
      if (algorithm != null) {
        KEYS.signed(algorithm, jwt.header().keyId(), jwt.jws());
      }
    } catch (UnacceptableJoseException refused) {
      // declared
    }
  }
}
