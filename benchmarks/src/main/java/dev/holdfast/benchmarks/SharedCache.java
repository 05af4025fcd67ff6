package dev.holdfast.benchmarks;

import dev.holdfast.Decision;
import dev.holdfast.configuration.issuers.CacheSettings;
import dev.holdfast.configuration.issuers.SharedCacheSettings;
import dev.holdfast.testing.redis.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What nodes share in a Redis on this machine, which needs {@code redis-server}. A shared hit is a
 * token that another node has asked about, and of which this node remembers one at a time. The rest
 * is as in {@link Introspection}, whose server is in another process too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SharedCache {
  private static final int TOKENS = 1024; // a power of two
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

  private final Specimens specimens = new Specimens();
  private final StubProcess stub = StubProcess.start(specimens.client().thumbprint());
  private final RedisProcess redis = redis();
  private final HoldfastSide alone = HoldfastSide.ofIntrospection(stub);
  private final HoldfastSide sharing = HoldfastSide.ofIntrospection(stub, cache(100_000));
  private final HoldfastSide forgetful = HoldfastSide.ofIntrospection(stub, cache(1));
  private ApiRequest[] requests = {};
  private int next;
  private long unseen;

  private static RedisProcess redis() {
    try {
      return RedisProcess.started(Files.createTempDirectory("holdfast-redis").resolve("redis"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private CacheSettings cache(long maxEntries) {
    return new CacheSettings(
        Duration.ofHours(1),
        maxEntries,
        Duration.ofSeconds(5),
        10_000,
        SharedCacheSettings.inRedis(KEY).withRedisUri("redis://127.0.0.1:" + redis.port()));
  }

  /** Lets both nodes see the tokens that are hit. */
  @Setup
  public void warm() {
    requests =
        IntStream.range(0, TOKENS)
            .mapToObj(number -> request("seen-" + number))
            .toArray(ApiRequest[]::new);
    for (ApiRequest request : requests) {
      alone.serve(request);
      sharing.serve(request);
      forgetful.serve(request);
    }
    if (forgetful.sharedHits() < TOKENS / 2) {
      throw new IllegalStateException("nothing is shared");
    }
  }

  /** Stops Redis and the authorization server. */
  @TearDown
  public void stop() {
    sharing.close();
    forgetful.close();
    redis.close();
    stub.close();
    specimens.close();
  }

  private ApiRequest request(String token) {
    return ApiRequest.bearer(token, specimens.client().certificate());
  }

  /** The answer is remembered here, and nothing is shared. */
  @Benchmark
  public Decision.Allowed localHitAlone() {
    return alone.serve(requests[next++ & (TOKENS - 1)]);
  }

  /** The answer is remembered here. */
  @Benchmark
  public Decision.Allowed localHitSharing() {
    return sharing.serve(requests[next++ & (TOKENS - 1)]);
  }

  /** The answer comes from Redis. */
  @Benchmark
  public Decision.Allowed sharedHit() {
    return forgetful.serve(requests[next++ & (TOKENS - 1)]);
  }

  /** The server is asked, and nothing is shared. */
  @Benchmark
  public Decision.Allowed missAlone() {
    return alone.serve(request("unseen-" + unseen++));
  }

  /** The server is asked, and the answer is shared. */
  @Benchmark
  public Decision.Allowed missSharing() {
    return sharing.serve(request("unseen-" + unseen++));
  }
}
