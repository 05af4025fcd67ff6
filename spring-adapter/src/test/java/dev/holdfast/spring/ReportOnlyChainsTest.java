package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code report-only} on every kind of chain, and what the same chains say under required. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("verify")
class ReportOnlyChainsTest extends SaidFixture {

  @ParameterizedTest
  @ValueSource(strings = {"holdfast", "decoder", "advised", "tenants", "resolver"})
  void reportOnlyOnlyReportsOnEveryKindOfChain_C45(String name, CapturedOutput log) {
    ConfigurableApplicationContext app = app(chain(name), "holdfast.policy", "report-only");
    assertThat(call(app, THIEF, "/me", bound()).statusCode()).isEqualTo(200);
    assertThat(log).contains("report-only, would be refused: BINDING_MISMATCH");
    assertThat(call(app, null, "/me", bound()).statusCode()).isEqualTo(200);
    assertThat(log).contains("report-only, would be refused: BINDING_NOT_PROVEN");
    String expired = with(claims(RIGHTFUL.thumbprint()), "exp", 1);
    assertThat(call(app, THIEF, "/me", expired).statusCode()).isEqualTo(401);
    assertThat(SaidChains.Desk.FAILURES).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdfast", "decoder", "tenants", "resolver"})
  void reportOnlyTellsApartWhatComesUnderBearer_C38_C93(String name, CapturedOutput log) {
    ConfigurableApplicationContext app = app(chain(name), "holdfast.policy", "report-only");
    DpopKey key = DpopKey.create();
    Map<String, Object> claims = claims(null);
    claims.put("cnf", Map.of("jkt", key.thumbprint()));
    String token = jwt(claims);
    String uri = "https://127.0.0.1:" + Boot.port(app) + "/me";
    String bearer = "Bearer " + token;
    String begin = "report-only, would be refused: ";
    String under = " (\"a DPoP-bound token came under Bearer, ";

    assertThat(call(app, null, "/me", token).statusCode()).isEqualTo(200);
    assertThat(log).contains(begin + "BINDING_NOT_PROVEN" + under + "with no proof\")");
    String good = key.proof("GET", uri, token).sign();
    assertThat(send(app, null, "/me", "Authorization", bearer, "DPoP", good).statusCode())
        .isEqualTo(200);
    assertThat(log).contains(begin + "WRONG_SCHEME" + under + "with a good proof of its key\")");
    String stolen = DpopKey.create().proof("GET", uri, token).sign();
    assertThat(send(app, null, "/me", "Authorization", bearer, "DPoP", stolen).statusCode())
        .isEqualTo(200);
    assertThat(log).contains(begin + "BINDING_MISMATCH" + under + "with a proof of another key\")");
    assertThat(send(app, null, "/me", "Authorization", bearer, "DPoP", "garbage").statusCode())
        .isEqualTo(200);
    assertThat(log).contains(begin + "INVALID_DPOP_PROOF" + under + "with a proof that is wrong: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdfast", "decoder", "tenants", "resolver"})
  void underRequiredADpopBoundTokenUnderBearerIsTheWrongScheme_C45(
      String name, CapturedOutput log) {
    Map<String, Object> claims = claims(null);
    claims.put("cnf", Map.of("jkt", DpopKey.create().thumbprint()));
    assertThat(call(app(chain(name)), null, "/me", jwt(claims)).statusCode()).isEqualTo(401);
    assertThat(log).contains("refused: WRONG_SCHEME");
    assertThat(SEEN).isEmpty();
  }
}
