package dev.holdfast.configuration.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Binding;
import dev.holdfast.ClaimRules;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Decision;
import dev.holdfast.PresentedToken;
import dev.holdfast.Refusal;
import dev.holdfast.RequestEvidence;
import dev.holdfast.Requirement;
import dev.holdfast.Sha256Digest;
import dev.holdfast.Verification;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one line of the log says. */
class EnforcementLogTest {
  private static final Logger LOGGER = Logger.getLogger("dev.holdfast");
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
  }

  @AfterEach
  void stop() {
    LOGGER.removeHandler(handler);
  }

  private static final Requirement REQUIREMENT =
      new Requirement(Requirement.Mode.REQUIRED, Set.of(ConfirmationMethod.CERTIFICATE));

  private static Decision.Refused mismatch() {
    Map<String, Object> claims =
        Map.of("iss", "https://as.example", "sub", "alice", "client_id", "payments-app");
    Verification.Valid valid =
        (Verification.Valid)
            new ClaimRules(
                    "https://as.example", Set.of(), Set.of(), Duration.ZERO, Clock.systemUTC())
                .check(claims);
    return new Decision.Refused(
        Refusal.BINDING_MISMATCH,
        Refusal.BINDING_MISMATCH.text(),
        valid.token(),
        Map.of(),
        List.of(new Binding(ConfirmationMethod.CERTIFICATE, Sha256Digest.of(new byte[] {1, 2, 3}))),
        PresentedToken.Scheme.BEARER,
        REQUIREMENT);
  }

  @Test
  void aRefusalNamesWhoWasRefusedFromWhereAndWithWhichKey_C44() {
    new EnforcementLog().decided(new Request("192.0.2.7"), mismatch());
    assertThat(lines)
        .containsExactly(
            "refused: BINDING_MISMATCH (\"the caller proved another key than the one demanded\"),"
                + " \"GET\" \"/payments\", from \"192.0.2.7\", issuer \"https://as.example\","
                + " client \"payments-app\", subject \"alice\", proven certificate A5BYxvLA...");
  }

  @Test
  void aReportSaysTheSame_C93() {
    Decision.Refused would = mismatch();
    new EnforcementLog()
        .decided(
            new Request(null),
            new Decision.Allowed(
                would.token(), PresentedToken.Scheme.BEARER, REQUIREMENT, null, would, Map.of()));
    assertThat(lines)
        .containsExactly(
            "report-only, would be refused: BINDING_MISMATCH (\"the caller proved another key than"
                + " the one demanded\"), \"GET\" \"/payments\", from unknown, issuer"
                + " \"https://as.example\", client \"payments-app\", subject \"alice\", proven"
                + " certificate A5BYxvLA...");
  }

  @Test
  void whatACallerSaysCannotForgeALine_T102() {
    new EnforcementLog()
        .decided(
            new Request("1\nrefused: nobody"),
            new Decision.Refused(Refusal.INVALID_TOKEN, "exp has passed", null));
    assertThat(lines)
        .containsExactly(
            "refused: INVALID_TOKEN (\"exp has passed\"), \"GET\" \"/payments\", from"
                + " \"1\\u000arefused: nobody\"");
  }

  private record Request(String remoteAddress) implements RequestEvidence {
    @Override
    public String httpMethod() {
      return "GET";
    }

    @Override
    public String path() {
      return "/payments";
    }

    @Override
    public String rawPath() {
      return "/payments";
    }

    @Override
    public String query() {
      return null;
    }

    @Override
    public List<String> headers(String name) {
      return List.of("secret");
    }

    @Override
    public X509Certificate clientCertificate() {
      return null;
    }
  }
}
