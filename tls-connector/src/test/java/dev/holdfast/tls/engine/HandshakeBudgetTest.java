package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.tls.engine.crypto.ConnectorCrypto;
import dev.holdfast.tls.engine.handshake.Limits;
import dev.holdfast.tls.engine.record.ServerProtocol;
import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.tls.DefaultTlsServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a client may say nothing. */
class HandshakeBudgetTest {
  private final ServerProtocol protocol = new ServerProtocol();
  private final HandshakeBudget budget =
      new HandshakeBudget(Limits.fromSystemProperties(), () -> 0);

  private int keyUpdates;

  @BeforeEach
  void begin() throws IOException {
    protocol.accept(new DefaultTlsServer(new ConnectorCrypto(new SecureRandom())) {});
  }

  /** How many records without application data are taken in a row, up to a thousand. */
  private int silentRecords() {
    for (int taken = 0; taken < 1_000; taken++) {
      try {
        budget.requireTalk(protocol, 0);
      } catch (IOException refused) {
        return taken;
      }
    }
    return 1_000;
  }

  @Test
  void aClientMaySayNothingForAWhile() {
    assertThat(silentRecords()).isEqualTo(Limits.IDLE_RECORDS);
  }

  @Test
  void whatItWasAskedForIsNotCounted_C55() {
    for (int i = 0; i < 100; i++) {
      budget.wrote(true, ++keyUpdates);
    }
    assertThat(silentRecords()).isEqualTo(100 + Limits.IDLE_RECORDS);
  }

  @Test
  void whileItIsSentMuchItMaySayALittle_C55() throws IOException {
    for (int i = 0; i < 10 * Limits.IDLE_RECORDS; i++) {
      budget.requireTalk(protocol, 0);
      for (int sent = 0; sent < Limits.RECORDS_FOR_A_SILENT_ONE; sent++) {
        budget.wrote(true, keyUpdates);
      }
    }
    assertThat(silentRecords()).isEqualTo(Limits.IDLE_RECORDS);
  }

  @Test
  void whatIsSentBuysNothingInAdvance_C55() {
    for (int sent = 0; sent < 100 * Limits.RECORDS_FOR_A_SILENT_ONE; sent++) {
      budget.wrote(true, keyUpdates);
    }
    assertThat(silentRecords()).isEqualTo(Limits.IDLE_RECORDS);
  }
}
