package dev.holdfast.jwt.keys;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.jwt.Specimen;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an issuer publishes: its usable keys are used, and nothing else happens. */
class KeySetFuzzTest {
  private static final CompactJws JWS = jws();

  private static CompactJws jws() {
    try {
      return CompactJws.read(Specimen.rs256(Specimen.stranger().getPrivate()).text());
    } catch (UnacceptableJoseException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[][] seeds() {
    Map<String, Object> odd = new LinkedHashMap<>(Specimen.rsaJwk());
    odd.put("use", null);
    odd.put("x5c", List.of("MIIB"));
    return new byte[][] {
      Specimen.json(List.of(Specimen.rsaJwk(), Specimen.ecJwk(), Specimen.ed25519Jwk())),
      Specimen.json(List.of(odd, odd, Specimen.ec384Jwk())),
      "{\"keys\":[]}".getBytes(StandardCharsets.UTF_8),
      "{\"keys\":[null,1,[],{\"kty\":\"oct\"}]}".getBytes(StandardCharsets.UTF_8),
      new byte[0],
    };
  }

  @MethodSource("seeds")
  @FuzzTest
  void aDocumentIsAKeySetOrRefused(byte[] input) {
    try {
      KeySet keys = KeySet.parse(input);
      if (keys.signed(SigningAlgorithm.RS256, null, JWS)) {
        throw new AssertionError("a stranger's signature held");
      }
      if (keys.isEmpty() && !keys.mayLackKeyOf(SigningAlgorithm.RS256, null)) {
        throw new AssertionError("an empty set lacks every key");
      }
    } catch (MalformedJsonException | UnacceptableJoseException refused) {
      // declared
    }
  }
}
