package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.JoseHeader;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import dev.holdfast.internal.jose.WycheproofVectors;
import dev.holdfast.internal.jose.WycheproofVectors.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Project Wycheproof's JSON web signatures as access tokens. */
class WycheproofTest {
  /** Valid by the vectors' own reading of RFC 7515, refused by ours on purpose. */
  private static final Set<String> STRICTER =
      Set.of(
          "rfc7520 Figure20", // the key says PS256, the token PS384
          "rfc7520WithKeyOps Figure20",
          "rfc7520 Figure27", // the key's alg is ES521, which no specification knows
          "rfc7520WithKeyOps Figure27");

  @BeforeAll
  static void vectorsAreThere() {
    WycheproofVectors.needed();
  }

  @TestFactory
  List<DynamicTest> jsonWebSignatures_T39() throws Exception {
    List<DynamicTest> cases = new ArrayList<>();
    for (Vector vector : WycheproofVectors.of("json_web_signature_test.json")) {
      Map<String, Object> key =
          vector.key("public") != null ? vector.key("public") : vector.key("private");
      boolean symmetric = "oct".equals(key.get("kty"));
      String name = vector.group().get("comment") + " " + vector.text("comment");
      boolean expected = vector.result().equals("valid") && !symmetric && !STRICTER.contains(name);
      cases.add(
          dynamicTest(
              vector.text("tcId") + " " + name,
              () -> assertThat(signed(key, vector.text("jws"))).isEqualTo(expected)));
    }
    assertThat(cases).hasSizeGreaterThan(300);
    return cases;
  }

  private static boolean signed(Map<String, Object> key, String text) throws Exception {
    try {
      CompactJws jws = CompactJws.read(text);
      JoseHeader header = jws.header();
      SigningAlgorithm algorithm = SigningAlgorithm.named(header.algorithm());
      return algorithm != null
          && Specimen.keySet(List.of(key)).signed(algorithm, header.keyId(), jws);
    } catch (UnacceptableJoseException refused) {
      return false;
    }
  }
}
