package dev.holdfast.benchmarks;

import dev.holdfast.Decision;
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
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Opaque tokens, introspected over loopback HTTP at an authorization server in another process. A
 * hit is one of 1,024 tokens in turn; a miss is a token that nobody has seen. Spring keeps no
 * answers, so each of its calls is a miss.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Introspection {
  private static final int TOKENS = 1024; // a power of two

  private final Specimens specimens = new Specimens();
  private final StubProcess stub = StubProcess.start(specimens.client().thumbprint());
  private final HoldfastSide holdfast = HoldfastSide.ofIntrospection(stub);
  private final OpaqueTokenIntrospector spring = SpringSide.introspector(stub);
  private ApiRequest[] requests = {};
  private int next;
  private long unseen;

  /** Lets Holdfast see the tokens that are hit. */
  @Setup
  public void warm() {
    requests =
        IntStream.range(0, TOKENS)
            .mapToObj(number -> request("seen-" + number))
            .toArray(ApiRequest[]::new);
    for (ApiRequest request : requests) {
      holdfast.serve(request);
    }
  }

  /** Stops the authorization server. */
  @TearDown
  public void stop() {
    stub.close();
    specimens.close();
  }

  private ApiRequest request(String token) {
    return ApiRequest.bearer(token, specimens.client().certificate());
  }

  /** The answer is remembered. */
  @Benchmark
  public Decision.Allowed holdfastHit() {
    return holdfast.serve(requests[next++ & (TOKENS - 1)]);
  }

  /** The server is asked. */
  @Benchmark
  public Decision.Allowed holdfastMiss() {
    return holdfast.serve(request("unseen-" + unseen++));
  }

  /** The server is asked, as each time. */
  @Benchmark
  public OAuth2AuthenticatedPrincipal spring() {
    return spring.introspect("unseen-" + unseen++);
  }
}
