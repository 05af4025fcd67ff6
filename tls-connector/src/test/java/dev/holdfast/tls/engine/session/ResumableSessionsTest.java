package dev.holdfast.tls.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How many sessions can be resumed, and for how long. */
class ResumableSessionsTest {
  @Test
  void sessionsAreFewAndDoNotLastForEver() {
    AtomicLong now = new AtomicLong(1_000);
    ResumableSessions sessions = new ResumableSessions(now::get);
    sessions.setSessionCacheSize(2);
    for (byte i = 0; i < 3; i++) {
      sessions.keep(new byte[] {i}, session(now.get()));
    }
    assertThat(sessions.find(new byte[] {0})).isNull();
    assertThat(sessions.find(new byte[] {2})).isNotNull();
    now.addAndGet(3_600_000L - 1);
    assertThat(sessions.find(new byte[] {2})).isNotNull();
    now.incrementAndGet();
    assertThat(sessions.find(new byte[] {2})).isNull();
    sessions.setSessionTimeout(5);
    sessions.keep(new byte[] {3}, session(now.get()));
    now.addAndGet(5_000);
    assertThat(sessions.find(new byte[] {3})).isNull();
    assertThatThrownBy(() -> sessions.setSessionTimeout(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theOneThatWasNotUsedForLongestGoesFirst_andZeroIsNoLimit() {
    AtomicLong now = new AtomicLong(1_000);
    ResumableSessions sessions = new ResumableSessions(now::get);
    sessions.setSessionCacheSize(0);
    sessions.setSessionTimeout(0);
    for (byte i = 0; i < 4; i++) {
      sessions.keep(new byte[] {i}, session(now.get()));
    }
    now.set(Long.MAX_VALUE);
    assertThat(sessions.find(new byte[] {0})).isNotNull();
    sessions.setSessionCacheSize(2); // 3 and 0 are the last that were used
    assertThat(sessions.find(new byte[] {1})).isNull();
    assertThat(sessions.find(new byte[] {2})).isNull();
    assertThat(sessions.find(new byte[] {3})).isNotNull();
    ResumableSession used = sessions.find(new byte[] {0});
    sessions.forget(new byte[] {0});
    assertThat(sessions.find(new byte[] {0})).isNull();
    assertThat(used.tls().isResumable()).isFalse();
    now.set(999); // a clock that was set back
    assertThat(sessions.find(new byte[] {3})).isNull();
  }

  private static ResumableSession session(long began) {
    return new ResumableSession(new Resumable(), began, List.of(), 1, null, null);
  }

  /** A session that can be resumed until it is invalidated. */
  private static final class Resumable implements org.bouncycastle.tls.TlsSession {
    private boolean valid = true;

    @Override
    public org.bouncycastle.tls.SessionParameters exportSessionParameters() {
      return null;
    }

    @Override
    public byte[] getSessionID() {
      return new byte[0];
    }

    @Override
    public void invalidate() {
      valid = false;
    }

    @Override
    public boolean isResumable() {
      return valid;
    }
  }
}
