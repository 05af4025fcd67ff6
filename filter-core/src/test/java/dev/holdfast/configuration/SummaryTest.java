package dev.holdfast.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.EnforcementListener;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log says at a start. */
class SummaryTest {
  private final Logger logger = Logger.getLogger("dev.holdfast"); // what System.Logger writes to
  private final Lines lines = new Lines();
  private Level level;

  @BeforeEach
  void listen() {
    level = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.addHandler(lines);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(lines);
    logger.setLevel(level);
  }

  @Test
  void anEnforcerSaysInOneLineWhatItEnforces_C47() {
    GivenSettings.assembly(
            "tokens.issuers[1].issuer", "https://other.example",
            "tokens.issuers[1].audiences", "https://api.example",
            "rules[0].paths", "/public/**",
            "rules[0].policy", "when-bound")
        .enforcer(EnforcementListener.silent());
    assertThat(lines.texts)
        .containsExactly(
            "INFO Holdfast enforces policy required with 1 rule, methods certificate dpop, issuers"
                + " https://issuer.example https://other.example");
  }

  @Test
  void methodsAreThoseThatAreTaken_C47() {
    assertThat(GivenSettings.assembly("methods", "dpop", "policy", "when-bound").summary())
        .isEqualTo("policy when-bound, methods dpop, issuers https://issuer.example");
  }

  @Test
  void anEndpointWithoutAnIssuersNameIsNamedByItsAddress_C47() {
    assertThat(
            Assembly.of(
                    SettingsReader.readInitParameters(
                        GivenSettings.map(
                            "tokens.issuers[0].introspection.uri", "https://as.example/introspect",
                            "tokens.issuers[0].introspection.client-id", "api",
                            "tokens.issuers[0].introspection.client-secret", "not-shown")),
                    Clock.systemUTC())
                .summary())
        .endsWith("issuers https://as.example/introspect");
  }

  @Test
  void aPolicyThatIsOffIsWarnedOf_C47() {
    GivenSettings.assembly("policy", "off");
    assertThat(lines.texts).hasSize(1).first().asString().startsWith("WARNING policy off: ");
  }

  private static final class Lines extends Handler {
    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      texts.add(line.getLevel() + " " + line.getMessage());
    }

    @Override
    public void flush() {
      // nothing is buffered
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
