package dev.holdfast.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.holdfast.configuration.issuers.IssuerLimits;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Cold tokens under load, at an issuer that takes 50 ms for an answer. Spring has no cache of its
 * own, so the peer is the one that people put around its introspector: Caffeine's {@code get(key,
 * loader)}. It lets everybody wait, and so does Holdfast here; by default 50 calls are under way.
 */
final class Storms implements AutoCloseable {
  private static final int ISSUER_MILLIS = 50;
  private static final int MAX_ENTRIES = 100_000;

  /**
   * What came of it.
   *
   * @param calls at the issuer, in the worst round
   * @param millis on the clock, in the median round
   */
  record Outcome(int calls, double millis) {}

  private final Effort effort;
  private final PrintStream progress;
  private final Specimens specimens = new Specimens();
  private final StubProcess stub = StubProcess.start(specimens.client().thumbprint());
  private final HoldfastSide holdfast;
  private final OpaqueTokenIntrospector spring = SpringSide.introspector(stub);
  private final Cache<String, OAuth2AuthenticatedPrincipal> cache =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();

  Storms(Effort effort, PrintStream progress) {
    this.effort = effort;
    this.holdfast =
        HoldfastSide.ofIntrospection(
            stub,
            new IssuerLimits(
                effort.distinct(),
                IssuerLimits.DEFAULTS.keyMaxAge(),
                IssuerLimits.DEFAULTS.keyMaxStale()));
    this.progress = progress;
  }

  Outcome holdfastStampede() {
    return rounds("stampede, holdfast", effort.herd(), "one-", false, this::holdfast);
  }

  Outcome springStampede() {
    return rounds("stampede, Caffeine.get", effort.herd(), "one-", false, this::spring);
  }

  Outcome holdfastDistinct() {
    return rounds("distinct, holdfast", effort.distinct(), "many-", true, this::holdfast);
  }

  Outcome springDistinct() {
    return rounds("distinct, Caffeine.get", effort.distinct(), "many-", true, this::spring);
  }

  private void holdfast(String token) {
    holdfast.serve(ApiRequest.bearer(token, specimens.client().certificate()));
  }

  private void spring(String token) {
    Objects.requireNonNull(cache.get(token, spring::introspect));
  }

  /** One round more than is counted: the first one loads classes and opens connections. */
  private Outcome rounds(
      String name, int callers, String prefix, boolean distinct, Consumer<String> side) {
    progress.printf("%-32s", name);
    progress.flush();
    double[] millis = new double[effort.rounds()];
    int calls = 0;
    for (int round = -1; round < millis.length; round++) {
      String token = prefix + round + "-";
      stub.delay(ISSUER_MILLIS);
      double took =
          Storm.of(callers, caller -> side.accept(distinct ? token + caller : token + "0"));
      int called = stub.delay(0);
      if (round >= 0) {
        millis[round] = took;
        calls = Math.max(calls, called);
      }
    }
    Arrays.sort(millis);
    Outcome outcome = new Outcome(calls, millis[millis.length / 2]);
    progress.printf(Locale.ROOT, "%10d calls %8.0f ms wall%n", outcome.calls(), outcome.millis());
    return outcome;
  }

  @Override
  public void close() {
    stub.close();
    specimens.close();
  }
}
