package dev.holdfast.events.poll;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.events.receiver.EventIntake;
import dev.holdfast.internal.issuer.IssuerCall;
import dev.holdfast.internal.issuer.IssuerHttp;
import dev.holdfast.internal.waiting.OwnThread;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks one transmitter for its events, again and again, on a thread of its own that ends with it. A
 * request waits at the transmitter until there is an event (long polling). An event is acknowledged
 * after it is done, with the next request; until a request has arrived, it is said again.
 *
 * <p>After a failure it rests: a second, then twice as long each time, to a minute, each time
 * between half of it and all of it, and never less than {@code Retry-After} asks for. Several nodes
 * may poll the same transmitter: whoever gets an event tells the others where they share a store.
 */
public final class Poller implements AutoCloseable {
  /** For how long a transmitter may hold a request. */
  public static final Duration LONGEST = Duration.ofSeconds(100);

  /** The longest answer, in bytes. */
  public static final int MAX_BODY_BYTES = 4 << 20;

  private static final int MAX_EVENTS = 50;
  private static final Duration FIRST_REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final String issuer;
  private final IssuerHttp http;
  private final IssuerCall call;
  private final EventIntake intake;
  private final PollLog log;
  private final Duration firstRest;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private PollRequest next = new PollRequest();

  /**
   * A poller that begins.
   *
   * @param http with {@link #LONGEST} and {@link #MAX_BODY_BYTES}; it is closed with this
   * @param authorization the whole field; null: none is sent
   * @throws IllegalArgumentException for an address that no request goes to
   */
  public static Poller start(
      String issuer, IssuerHttp http, URI uri, @Nullable String authorization, EventIntake intake) {
    Poller poller = new Poller(issuer, http, uri, authorization, intake, FIRST_REST);
    OwnThread.EXECUTOR.execute(poller::run);
    return poller;
  }

  Poller(
      String issuer,
      IssuerHttp http,
      URI uri,
      @Nullable String authorization,
      EventIntake intake,
      Duration firstRest) {
    this.issuer = issuer;
    this.http = http;
    this.call = http.postJson(uri, authorization);
    this.intake = intake;
    this.log = new PollLog(issuer);
    this.firstRest = firstRest;
  }

  void run() {
    try {
      int failures = 0;
      boolean more = false;
      while (closing.getCount() > 0) {
        long begun = System.nanoTime();
        try {
          PollAnswer answer = PollAnswer.of(call.send(next.body(MAX_EVENTS, more)).join());
          next = new PollRequest();
          take(answer.sets());
          log.works();
          failures = 0;
          more = answer.moreAvailable();
          if (answer.sets().isEmpty() && isSooner(begun, FIRST_REST)) {
            rest(FIRST_REST); // it does not hold requests
          }
        } catch (RuntimeException failure) {
          more = false;
          if (closing.getCount() > 0) {
            rest(log.fails(failure), failures++);
          }
        }
      }
    } finally {
      ended.countDown();
    }
  }

  private static boolean isSooner(long begun, Duration than) {
    return System.nanoTime() - begun < than.toNanos();
  }

  /** What could not be done is left out, so that it is delivered again. */
  private void take(Map<String, String> sets) {
    RuntimeException outage = null;
    for (Map.Entry<String, String> set : sets.entrySet()) {
      try {
        intake
            .polled(issuer, set.getKey(), set.getValue())
            .toCompletableFuture()
            .join()
            .ifPresentOrElse(
                reason -> next.reject(set.getKey(), reason), () -> next.ack(set.getKey()));
      } catch (CompletionException failed) {
        outage = failed;
      }
    }
    if (outage != null) {
      throw outage;
    }
  }

  private void rest(@Nullable IssuerUnavailableException outage, int failures) {
    Duration rest = firstRest.multipliedBy(1L << Math.min(failures, 10));
    rest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    long half = rest.toNanos() / 2;
    rest = Duration.ofNanos(half + ThreadLocalRandom.current().nextLong(half + 1));
    Duration asked = outage == null ? null : outage.retryAfter();
    rest(asked != null && asked.compareTo(rest) > 0 ? asked : rest);
  }

  private void rest(Duration time) {
    try {
      boolean unused = closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the request that is under way, and the thread. */
  @Override
  public void close() {
    closing.countDown();
    http.close();
    try {
      boolean unused = ended.await(FAREWELL.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
