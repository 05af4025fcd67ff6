package dev.holdfast.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Certificate-bound JWTs that nobody has seen: one iteration is one pass over 2,048 tokens, and the
 * cache is emptied before it, so that each token is a miss.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ColdJwt {
  static final int TOKENS = 2048;

  /** The signature algorithm. */
  @Param({"RS256", "ES256"})
  public String algorithm = "";

  /** How many tokens; the operations for each invocation have to be the same number. */
  @Param("" + TOKENS)
  public int count;

  private final Specimens specimens = new Specimens();
  private final HoldfastSide holdfast = HoldfastSide.ofKeys(specimens);
  private final JwtDecoder spring = SpringSide.decoder(specimens.issuer(), specimens.publicKeys());
  private String[] tokens = {};
  private ApiRequest[] requests = {};

  /** Makes the tokens; one request fetches the keys. */
  @Setup
  public void make() {
    tokens = specimens.tokens(algorithm, count);
    requests =
        Arrays.stream(tokens)
            .map(token -> ApiRequest.bearer(token, specimens.client().certificate()))
            .toArray(ApiRequest[]::new);
    holdfast.serve(requests[0]);
    SpringSide.bind(requests[0]);
  }

  /** Empties the cache. */
  @Setup(Level.Iteration)
  public void forget() {
    holdfast.forgetTokens();
  }

  /** Stops the issuer. */
  @TearDown
  public void stop() {
    specimens.close();
  }

  /** From the servlet request to the decision. */
  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public void holdfast(Blackhole sink) {
    for (ApiRequest request : requests) {
      sink.consume(holdfast.serve(request));
    }
  }

  /** From the token's text to the decoded token. */
  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public void spring(Blackhole sink) {
    for (String token : tokens) {
      sink.consume(spring.decode(token));
    }
  }
}
