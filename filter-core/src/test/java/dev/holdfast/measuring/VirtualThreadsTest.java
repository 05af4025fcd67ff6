package dev.holdfast.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.cache.CacheStatistics;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.Reachable;
import dev.holdfast.testing.ThrowAwayPki;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * T98: ten thousand decisions at a time, each on a virtual thread, keep no carrier and leave no
 * thread-local. All of them wait for an issuer that answers once all have asked.
 *
 * <p>JDK 24 is the floor: before it (JEP 491) whoever blocks in {@code synchronized} is pinned, and
 * the libraries and the JDK itself do, so that a count of none says nothing about Holdfast.
 *
 * <p>What stays pinned since is a thread that blocks under a native frame or while a class is
 * initialised or loaded. Nothing of that is excused here. Since each class is loaded once in the
 * life of a JVM, a few decisions of another instance come first, on platform threads.
 */
@Tag("verify")
class VirtualThreadsTest {
  private static final int FIRST_THAT_PINS_NO_MONITOR = 24;
  private static final int REQUESTS = 10_000;
  private static final String THREAD_LOCAL_ENTRY = "java.lang.ThreadLocal$ThreadLocalMap$Entry";

  private static final ThreadLocal<Integer> LEFT = new ThreadLocal<>();

  /** Libraries of other tests leave such on the thread that runs the tests. */
  private static final ThreadLocal<Integer> ANOTHER_TESTS = new InheritableThreadLocal<>();

  private final ThrowAwayPki pki = ThrowAwayPki.create();
  private final Identity rightful = pki.clientCertificate("CN=app");
  private final Identity thief = pki.clientCertificate("CN=thief");
  private final DpopKey rightfulKey = DpopKey.create();
  private final DpopKey thiefKey = DpopKey.create();
  @TempDir private Path folder;

  @BeforeEach
  void onlyWhereMonitorsDoNotPin() {
    assumeTrue(
        Runtime.version().feature() >= FIRST_THAT_PINS_NO_MONITOR,
        "before JDK 24 every synchronized block pins a virtual thread, the JDK's own too");
  }

  private Assembly assembly(HeldIssuer issuer) {
    String trusted = pki.writeTrustedCertificates(folder.resolve("trusted.pem")).toString();
    Map<String, String> settings = new HashMap<>();
    settings.put("tokens.issuers[0].issuer", issuer.issuer());
    settings.put("tokens.issuers[0].audiences", "*");
    settings.put("tokens.issuers[0].jwk-set-uri", issuer.issuer() + "/jwks");
    settings.put("tokens.issuers[0].trusted-certificates", trusted);
    settings.put("tokens.issuers[0].max-concurrent-calls", "" + REQUESTS); // they wait for keys
    settings.put("tokens.issuers[1].trusted-certificates", trusted);
    settings.put("tokens.issuers[1].max-concurrent-calls", "" + REQUESTS / 10);
    String introspection = "tokens.issuers[1].introspection.";
    settings.put(introspection + "uri", issuer.issuer() + "/introspect");
    settings.put(introspection + "client-id", "api");
    settings.put(introspection + "client-secret", "throw-away");
    settings.put(introspection + "timeout", "60s");
    return Assembly.of(SettingsReader.readInitParameters(settings), Clock.systemUTC());
  }

  /** As the assembly makes it, without the log of each refusal. */
  private static BindingEnforcer enforcer(Assembly assembly) {
    return new BindingEnforcer(
        assembly.mechanisms(), assembly.tokens(), assembly.policy(), EnforcementListener.silent());
  }

  /** Of ten, one is introspected and nine are JWTs. */
  private static boolean isOpaque(int i) {
    return i % 10 == 0;
  }

  /** Every other opaque token comes with a proof, all the rest over a certificate. */
  private static boolean hasProof(int i) {
    return i % 20 == 10;
  }

  private static boolean isStolen(int i) {
    return i / 10 % 50 == 7;
  }

  /** Four have one JWT in common; each opaque token is its holder's alone. */
  private static String subject(int i) {
    return isOpaque(i) ? "opaque-" + i : "jwt-" + i % 10 + "-" + i / 40;
  }

  private List<HeldRequest> requests(HeldIssuer issuer, int count) throws Exception {
    Map<String, String> tokens = new HashMap<>();
    List<HeldRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Object> cnf =
          hasProof(i)
              ? Map.of("jkt", rightfulKey.thumbprint())
              : Map.of("x5t#S256", rightful.thumbprint());
      String subject = subject(i);
      String token = tokens.get(subject);
      if (token == null) {
        token = isOpaque(i) ? issuer.opaque(subject, cnf) : issuer.jwt(subject, cnf);
        tokens.put(subject, token);
      }
      requests.add(
          hasProof(i)
              ? HeldRequest.proven(token, isStolen(i) ? thiefKey : rightfulKey)
              : HeldRequest.over(token, (isStolen(i) ? thief : rightful).certificate()));
    }
    return requests;
  }

  private static String expected(int i, boolean again) {
    return isStolen(i)
        ? "BINDING_MISMATCH"
        : again && hasProof(i) ? "DPOP_PROOF_SPENT" : subject(i);
  }

  private static String outcome(Decision decision) {
    return decision instanceof Decision.Allowed allowed
        ? String.valueOf(allowed.token().subject())
        : ((Decision.Refused) decision).refusal().name();
  }

  private static void await(BooleanSupplier condition, String what) throws InterruptedException {
    assertThat(Await.within(Duration.ofSeconds(60), condition)).as(what).isTrue();
  }

  /** Threads that have decided stay until the end, with whatever is bound to them. */
  private static final class Crowd {
    private final AtomicReferenceArray<String> outcomes = new AtomicReferenceArray<>(REQUESTS);
    private final CountDownLatch decided = new CountDownLatch(REQUESTS);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    void enter(int i, BindingEnforcer enforcer, HeldRequest request) throws Exception {
      VirtualThread.start(
          () -> {
            try {
              outcomes.set(i, outcome(enforcer.decide(request)));
            } catch (RuntimeException | Error bug) {
              outcomes.set(i, bug.toString());
            }
            decided.countDown();
            VirtualThread.stayUntil(mayEnd);
          });
    }

    void assertAllRight(boolean again) throws InterruptedException {
      assertThat(decided.await(60, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(outcomes.get(i)).as("request %s", i).isEqualTo(expected(i, again));
      }
    }
  }

  /** Virtual threads that have to wait for the issuer go other ways than one that has not. */
  private void loadWhatWaits(HeldIssuer issuer, BindingEnforcer enforcer) throws Exception {
    List<HeldRequest> waiting = requests(issuer, 20);
    CountDownLatch decided = new CountDownLatch(waiting.size());
    for (HeldRequest request : waiting) {
      VirtualThread.start(
          () -> {
            String unused = outcome(enforcer.decide(request));
            decided.countDown();
          });
    }
    await(
        () -> issuer.introspections.get() == 2 && issuer.keySetFetches.get() == 1,
        "the issuer is asked");
    issuer.answer();
    assertThat(decided.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private void loadClasses() throws Exception {
    try (HeldIssuer issuer = new HeldIssuer(pki);
        Assembly assembly = assembly(issuer)) {
      BindingEnforcer enforcer = enforcer(assembly);
      loadWhatWaits(issuer, enforcer);
      List<HeldRequest> requests = requests(issuer, 80);
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < requests.size(); i++) {
          assertThat(outcome(enforcer.decide(requests.get(i)))).isEqualTo(expected(i, round > 0));
        }
      }
    }
  }

  @Test
  void tenThousandAtATimePinNoCarrierAndLeaveNoThreadLocal_T98() throws Exception {
    loadClasses();
    ANOTHER_TESTS.set(1);
    Crowd cold = new Crowd();
    Crowd warm = new Crowd();
    try (HeldIssuer issuer = new HeldIssuer(pki);
        Assembly assembly = assembly(issuer);
        PinningWatch watch = new PinningWatch()) {
      BindingEnforcer enforcer = enforcer(assembly);
      List<HeldRequest> requests = requests(issuer, REQUESTS);
      long before = Reachable.now().count(THREAD_LOCAL_ENTRY);
      for (int i = 0; i < REQUESTS; i++) {
        if (isOpaque(i)) {
          cold.enter(i, enforcer, requests.get(i));
        }
      }
      await(() -> issuer.introspections.get() == REQUESTS / 10, "all introspections are out");
      for (int i = 0; i < REQUESTS; i++) { // now, since a key set is not waited for that long
        if (!isOpaque(i)) {
          cold.enter(i, enforcer, requests.get(i));
        }
      }
      await(() -> lookUps(assembly) == REQUESTS, "everyone has asked");
      long undecided = cold.decided.getCount();
      assertThat(undecided == REQUESTS || issuer.hasGivenTheKeySet()).isTrue();
      assertThat(undecided).isGreaterThanOrEqualTo(REQUESTS / 10); // the introspected ones
      issuer.answer();
      cold.assertAllRight(false);
      for (int i = 0; i < REQUESTS; i++) {
        warm.enter(i, enforcer, requests.get(i));
      }
      warm.assertAllRight(true);
      assertThat(issuer.introspections).hasValue(REQUESTS / 10);
      assertThat(issuer.keySetFetches).hasValue(1);

      assertThat(Reachable.now().count(THREAD_LOCAL_ENTRY) - before)
          .as("thread-locals of %s live threads", 2 * REQUESTS)
          .isLessThan(REQUESTS / 100);
      assertThat(watch.pinnings(folder.resolve("pinned.jfr"))).isEmpty();
    } finally {
      ANOTHER_TESTS.remove();
      cold.mayEnd.countDown();
      warm.mayEnd.countDown();
    }
  }

  private static long lookUps(Assembly assembly) {
    CacheStatistics statistics = assembly.tokens().statistics();
    return statistics.hits() + statistics.misses() + statistics.joined();
  }

  /** Blocks while it is initialised. */
  private static final class Pinning {
    static final long SINCE;

    static {
      LockSupport.parkNanos(1_000_000);
      SINCE = System.nanoTime();
    }
  }

  @Test
  void theWatchSeesOneThatBlocksInAClassInitialiser() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (PinningWatch watch = new PinningWatch()) {
      VirtualThread.start(
          () -> {
            if (Pinning.SINCE != 0) {
              done.countDown();
            }
          });
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(watch.pinnings(folder.resolve("pinned.jfr")))
          .singleElement()
          .asString()
          .contains(Pinning.class.getName());
    }
  }

  @Test
  void theCountSeesAThreadLocalOfLiveThreads() throws Exception {
    long before = Reachable.now().count(THREAD_LOCAL_ENTRY);
    CountDownLatch set = new CountDownLatch(REQUESTS);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try {
      for (int i = 0; i < REQUESTS; i++) {
        VirtualThread.start(
            () -> {
              LEFT.set(1);
              set.countDown();
              VirtualThread.stayUntil(mayEnd);
            });
      }
      assertThat(set.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Reachable.now().count(THREAD_LOCAL_ENTRY) - before)
          .isGreaterThanOrEqualTo(REQUESTS);
      assertThat(LEFT.get()).isNull();
    } finally {
      mayEnd.countDown();
    }
  }
}
