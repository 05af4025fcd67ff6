package dev.holdfast.benchmarks;

import dev.holdfast.Decision;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Certificate-bound JWTs that have been seen before: 1,024 of them in turn, as from 1,024 users.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WarmJwt {
  static final int TOKENS = 1024;

  /** The signature algorithm. */
  @Param({"RS256", "ES256"})
  public String algorithm = "";

  /** How many tokens: a power of two. */
  @Param("" + TOKENS)
  public int count;

  private final Specimens specimens = new Specimens();
  private final HoldfastSide holdfast = HoldfastSide.ofKeys(specimens);
  private final JwtDecoder spring = SpringSide.decoder(specimens.issuer(), specimens.publicKeys());
  private String[] tokens = {};
  private ApiRequest[] requests = {};
  private int next;

  /** Makes the tokens, and lets Holdfast see each one. */
  @Setup
  public void warm() {
    tokens = specimens.tokens(algorithm, count);
    requests =
        Arrays.stream(tokens)
            .map(token -> ApiRequest.bearer(token, specimens.client().certificate()))
            .toArray(ApiRequest[]::new);
    Arrays.stream(requests).forEach(holdfast::serve);
    SpringSide.bind(requests[0]);
  }

  /** Stops the issuer. */
  @TearDown
  public void stop() {
    specimens.close();
  }

  /** From the servlet request to the decision. */
  @Benchmark
  public Decision.Allowed holdfast() {
    return holdfast.serve(requests[next++ & (count - 1)]);
  }

  /** From the token's text to the decoded token. */
  @Benchmark
  public Jwt spring() {
    return spring.decode(tokens[next++ & (count - 1)]);
  }
}
