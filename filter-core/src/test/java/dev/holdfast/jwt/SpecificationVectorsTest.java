package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.SigningAlgorithm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of RFC 7515 appendix A.2 and A.3 and of RFC 8037 appendix A.4. */
class SpecificationVectorsTest {
  private static final String PAYLOAD =
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9p"
          + "c19yb290Ijp0cnVlfQ";
  private static final String RS256 =
      "eyJhbGciOiJSUzI1NiJ9."
          + PAYLOAD
          + "."
          + "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Q"
          + "c_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTy"
          + "WzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwu"
          + "sC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5A"
          + "XLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
  private static final Map<String, Object> RSA_KEY =
      Map.of(
          "kty",
          "RSA",
          "e",
          "AQAB",
          "n",
          "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrc"
              + "S2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGz"
              + "jb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xs"
              + "mtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8"
              + "q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ");
  private static final String ES256 =
      "eyJhbGciOiJFUzI1NiJ9."
          + PAYLOAD
          + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
  private static final Map<String, Object> EC_KEY =
      Map.of(
          "kty",
          "EC",
          "crv",
          "P-256",
          "x",
          "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
          "y",
          "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
  private static final String EDDSA =
      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PG"
          + "cvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
  private static final Map<String, Object> ED25519_KEY =
      Map.of("kty", "OKP", "crv", "Ed25519", "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");

  @Test
  void theExamplesHoldWithTheirKeys() throws Exception {
    assertThat(signed(SigningAlgorithm.RS256, RS256, RSA_KEY)).isTrue();
    assertThat(signed(SigningAlgorithm.ES256, ES256, EC_KEY)).isTrue();
    assertThat(signed(SigningAlgorithm.EDDSA, EDDSA, ED25519_KEY)).isTrue();
  }

  @Test
  void theExamplesDoNotHoldWithOtherKeysOrPayloads() throws Exception {
    assertThat(signed(SigningAlgorithm.RS256, RS256, Specimen.rsaJwk())).isFalse();
    assertThat(signed(SigningAlgorithm.ES256, ES256, Specimen.ecJwk())).isFalse();
    assertThat(signed(SigningAlgorithm.EDDSA, EDDSA, Specimen.ed25519Jwk())).isFalse();
    assertThat(signed(SigningAlgorithm.ES256, ES256.replace(".eyJpc3", ".eyJpc2"), EC_KEY))
        .isFalse();
    assertThat(signed(SigningAlgorithm.PS256, RS256, RSA_KEY)).isFalse();
  }

  @Test
  void thePayloadIsReadAsTheSpecificationSays() throws Exception {
    assertThat(UnverifiedJwt.read(ES256).claims())
        .isEqualTo(
            JSONObjectUtils.parse(
                "{\"iss\":\"joe\",\"exp\":1300819380,\"http://example.com/is_root\":true}"));
  }

  private static boolean signed(SigningAlgorithm algorithm, String jws, Map<String, Object> key)
      throws Exception {
    Map<String, Object> anonymous = new java.util.LinkedHashMap<>(key);
    anonymous.remove("kid");
    return Specimen.keySet(List.of(anonymous)).signed(algorithm, null, CompactJws.read(jws));
  }
}
