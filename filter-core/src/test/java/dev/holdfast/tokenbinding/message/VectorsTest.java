package dev.holdfast.tokenbinding.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.Sha256Digest;
import dev.holdfast.tokenbinding.EstablishedTokenBindings;
import dev.holdfast.tokenbinding.ProxyTokenBindings;
import dev.holdfast.tokenbinding.ProxyValue;
import dev.holdfast.tokenbinding.Request;
import dev.holdfast.tokenbinding.TlsTokenBindings;
import dev.holdfast.tokenbinding.TokenBindingState;
import dev.holdfast.tokenbinding.TokenBindings;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The examples of the specifications, which lie in the test resources, and the vectors that other
 * implementations published or that were derived from them, read in place from {@code vectors/} in
 * the directory that the system property {@code holdfast.outside-vectors} names.
 */
class VectorsTest {
  private static final String PROPERTY = "holdfast.outside-vectors";

  /** Its verdict is the strict one; where unknown types are skipped, it is accepted. */
  private static final String DEPENDS_ON_MODE = "invalidSigWithAnUnknownTokenBindingType";

  @TestFactory
  List<DynamicTest> specifications_T66_T73() throws Exception {
    try (InputStream file =
        VectorsTest.class.getResourceAsStream("/dev/holdfast/vectors/specifications.json")) {
      List<DynamicTest> cases = cases(new String(file.readAllBytes(), StandardCharsets.UTF_8));
      assertThat(cases).hasSize(2 * 13);
      return cases;
    }
  }

  @TestFactory
  List<DynamicTest> implementations_T66_T73() throws Exception {
    String root = System.getProperty(PROPERTY, "");
    Path file = root.isEmpty() ? null : Path.of(root, "vectors", "implementations.json");
    if (file == null || !Files.isRegularFile(file)) {
      assertThat(System.getenv("CI"))
          .as("CI needs the outside vectors: set the system property " + PROPERTY)
          .isNotEqualTo("true");
      Assumptions.abort("no outside vectors: the system property " + PROPERTY + " is not set");
    }
    List<DynamicTest> cases = cases(Files.readString(file));
    assertThat(cases).hasSizeGreaterThanOrEqualTo(2 * 38);
    return cases;
  }

  private static List<DynamicTest> cases(String json) throws Exception {
    List<DynamicTest> cases = new ArrayList<>();
    for (Map<String, Object> vector : objects(JSONObjectUtils.parse(json).get("vectors"))) {
      if (!vector.containsKey("sec_token_binding")) {
        continue; // another mechanism's
      }
      boolean structureOnly = !(vector.get("ekm_hex") instanceof String);
      for (UnknownTypes mode : UnknownTypes.values()) {
        cases.add(
            dynamicTest(
                mode.propertyName() + ": " + vector.get("name"),
                () -> {
                  if (structureOnly) {
                    TokenBindingMessage message = TokenBindingMessage.parseField(field(vector));
                    check(message, objects(vector.get("bindings")));
                  } else {
                    check(vector, mode);
                  }
                }));
      }
    }
    return cases;
  }

  private static void check(Map<String, Object> vector, UnknownTypes mode) throws Exception {
    boolean accepted =
        (Boolean) vector.get("expected_accept")
            || (mode == UnknownTypes.SKIP
                && String.valueOf(vector.get("name")).endsWith(DEPENDS_ON_MODE));
    byte[] ekm = HexFormat.of().parseHex((String) vector.get("ekm_hex"));
    int negotiated = ((Number) vector.get("negotiated_key_params")).intValue();
    TokenBindings server = new TlsTokenBindings(mode);
    Request request = Request.on(Keys.negotiated(ekm, negotiated)).message(field(vector));

    TokenBindingState state = server.of(request);

    assertThat(state instanceof EstablishedTokenBindings).as("%s", state).isEqualTo(accepted);
    assertThat(server.of(request).getClass()).isEqualTo(state.getClass());
    if (accepted) {
      List<Map<String, Object>> bindings = objects(vector.get("bindings"));
      check(TokenBindingMessage.parseField(field(vector)), bindings);
      check((EstablishedTokenBindings) state, bindings);
      checkExpected(vector);
    } else {
      assertThat(state).isInstanceOf(TokenBindingState.Refused.class);
    }
  }

  private static void check(EstablishedTokenBindings established, List<Map<String, Object>> all) {
    assertThat(established.provided().toBase64Url()).isEqualTo(tbh(all, 0));
    Sha256Digest referred = established.referred();
    assertThat(referred == null ? null : referred.toBase64Url()).isEqualTo(tbh(all, 1));
  }

  /** Of the one binding of that type whose key is of a known kind. */
  private static String tbh(List<Map<String, Object>> bindings, int type) {
    for (Map<String, Object> binding : bindings) {
      if (number(binding, "tokenbinding_type") == type && number(binding, "key_parameters") <= 2) {
        return (String) binding.get("tbh");
      }
    }
    return null;
  }

  private static void check(TokenBindingMessage message, List<Map<String, Object>> expected) {
    assertThat(message.bindings()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      TokenBinding binding = message.bindings().get(i);
      assertThat(binding.typeValue()).isEqualTo(number(expected.get(i), "tokenbinding_type"));
      assertThat(binding.id().keyParametersValue())
          .isEqualTo(number(expected.get(i), "key_parameters"));
      assertThat(binding.signature()).hasSize(number(expected.get(i), "signature_len"));
      assertThat(binding.id().toBase64Url()).isEqualTo(expected.get(i).get("token_binding_id"));
      assertThat(binding.id().tbh()).isEqualTo(expected.get(i).get("tbh"));
    }
  }

  /** What the specification itself prints beside the message. */
  private static void checkExpected(Map<String, Object> vector) throws Exception {
    TokenBindingMessage message = TokenBindingMessage.parseField(field(vector));
    for (Map<String, Object> expectation : objects(vector.get("expected"))) {
      TokenBindingId id = message.bindings().get(number(expectation, "index")).id();
      switch ((String) expectation.get("field")) {
        case "tbh" -> assertThat(id.tbh()).isEqualTo(expectation.get("value"));
        case "token_binding_id" -> assertThat(id.toBase64Url()).isEqualTo(expectation.get("value"));
        default -> fail("an expectation of a kind unknown here: " + expectation);
      }
    }
    if (vector.get("backend_headers") instanceof Map<?, ?> headers) {
      checkProxied(headers, message);
    }
  }

  /** The fields that a proxy makes of the message establish the same bindings. */
  private static void checkProxied(Map<?, ?> headers, TokenBindingMessage message)
      throws Exception {
    Request request = Request.fromProxy();
    for (Map.Entry<?, ?> header : headers.entrySet()) {
      request = request.with((String) header.getKey(), (String) header.getValue());
    }

    EstablishedTokenBindings established =
        (EstablishedTokenBindings) new ProxyTokenBindings(ProxyValue.ID).of(request);

    assertThat(established.providedId()).isEqualTo(message.bindings().get(0).id());
    boolean refers = headers.containsKey("Sec-Referred-Token-Binding-ID");
    assertThat(established.referredId()).isEqualTo(refers ? message.bindings().get(1).id() : null);
  }

  private static String field(Map<String, Object> vector) {
    String field = (String) vector.get("sec_token_binding");
    assertThat(field).isNotBlank();
    return field;
  }

  private static int number(Map<String, Object> object, String member) {
    return ((Number) object.get(member)).intValue();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> objects(Object list) {
    return (List<Map<String, Object>>) (List<?>) (List<Object>) list;
  }
}
