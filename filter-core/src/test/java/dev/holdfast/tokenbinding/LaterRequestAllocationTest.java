package dev.holdfast.tokenbinding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.holdfast.PresentedToken;
import dev.holdfast.Proof;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a known message on a known connection costs in garbage. The JVM counts exactly; the least of
 * several rounds leaves out what compilers and agents do meanwhile.
 */
class LaterRequestAllocationTest {
  private static final int ROUNDS = 20;
  private static final int REQUESTS = 5_000;
  private static final long MAX_BYTES = 256;

  @ParameterizedTest
  @ValueSource(strings = {"tls", "header"})
  void aLaterRequestAllocatesAtMost256Bytes(String source) {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
            && bean.isThreadAllocatedMemorySupported(),
        "this JVM does not count what a thread allocates");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    threads.setThreadAllocatedMemoryEnabled(true);
    boolean tls = source.equals("tls");
    TokenBindingVerifier verifier =
        new TokenBindingVerifier(
            tls
                ? TokenBindings.overTls(UnknownTypes.SKIP)
                : TokenBindings.behindProxy(ProxyValue.ID));
    Request request =
        tls
            ? Request.on(Keys.connection(1, Keys.EC)).message(Keys.EC.header(Keys.ekm(1)))
            : Request.fromProxy().provided(Keys.EC.encodedId());
    PresentedToken token = PresentedToken.of(PresentedToken.Scheme.BEARER, "token");
    long thread = Thread.currentThread().getId();

    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long proven = 0;
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < REQUESTS; i++) {
        if (verifier.prove(request, token) instanceof Proof.Proven) {
          proven++;
        }
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
      assertThat(proven).isEqualTo(REQUESTS);
    }

    assertThat(least / (double) REQUESTS).as("bytes per request").isLessThanOrEqualTo(MAX_BYTES);
  }
}
