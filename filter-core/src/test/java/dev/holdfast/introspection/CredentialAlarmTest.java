package dev.holdfast.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** T78: loud, and not too often. */
class CredentialAlarmTest {
  private static final Logger LOGGER = Logger.getLogger("dev.holdfast.introspection");
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final CredentialAlarm alarm =
      new CredentialAlarm(URI.create("https://as.example/introspect"), clock);
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (new SimpleFormatter().formatMessage(record).contains("as.example")) {
            records.add(record);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void leave() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  @Test
  void refusedCredentialsAreAnErrorThatNamesTheEndpoint_T78() {
    alarm.confirmed(401);
    assertThat(records).hasSize(1);
    assertThat(records.get(0).getLevel()).isEqualTo(Level.SEVERE);
    assertThat(new SimpleFormatter().formatMessage(records.get(0)))
        .contains("https://as.example/introspect", "status 401", "client-secret");
  }

  @Test
  void aSuspicionIsSilentAndHasOneLookAMinute_C80() {
    assertThat(alarm.suspects(403)).isTrue();
    clock.advance(Duration.ofSeconds(59));
    assertThat(alarm.suspects(401)).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(alarm.suspects(401)).isTrue();
    assertThat(records).isEmpty();
  }

  @Test
  void otherStatusesAreNotItsBusiness() {
    for (int status : new int[] {0, 200, 302, 400, 402, 404, 500}) {
      alarm.confirmed(status);
      assertThat(alarm.suspects(status)).isFalse();
    }
    assertThat(records).isEmpty();
  }

  @Test
  void itRingsOnceAMinute_T78() {
    alarm.confirmed(401);
    clock.advance(Duration.ofSeconds(59));
    alarm.confirmed(403);
    assertThat(records).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    alarm.confirmed(403);
    assertThat(records).hasSize(2);
    clock.advance(Duration.ofHours(-1));
    alarm.confirmed(403);
    assertThat(records).hasSize(3);
  }
}
