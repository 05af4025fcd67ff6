package dev.holdfast.benchmarks;

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
import org.springframework.web.server.ServerWebExchange;

/**
 * A request through all filters of an application on WebFlux, with a JWT that has been seen before.
 * With Holdfast the token is bound to the connection's certificate. Spring Security's reactive
 * stack cannot check that, so that it gets tokens of the same size that are bound to nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReactiveChains {
  /** How many tokens: a power of two. */
  @Param("" + WarmJwt.TOKENS)
  public int count;

  private final Specimens specimens = new Specimens();
  private final HeldConnection connection = new HeldConnection(specimens);
  private final ReactiveApplications.Filters holdfast = ReactiveApplications.holdfast(specimens);
  private final ReactiveApplications.Filters spring = ReactiveApplications.springAlone(specimens);
  private final ReactiveApplications.Filters open = ReactiveApplications.open();
  private String[] bound = {};
  private String[] plain = {};
  private int next;

  /** Makes the tokens, and lets Holdfast see each one. */
  @Setup
  public void warm() {
    bound = specimens.tokens("RS256", count);
    plain = specimens.plainTokens("RS256", count);
    for (String token : bound) {
      holdfast.serve(connection.exchange(token));
    }
  }

  /** Stops the applications, the connection and the issuer. */
  @TearDown
  public void stop() {
    holdfast.close();
    spring.close();
    open.close();
    connection.close();
    specimens.close();
  }

  /** With Holdfast's defaults. */
  @Benchmark
  public ServerWebExchange holdfast() {
    return holdfast.serve(connection.exchange(bound[next++ & (count - 1)]));
  }

  /** Spring Security alone. */
  @Benchmark
  public ServerWebExchange spring() {
    return spring.serve(connection.exchange(plain[next++ & (count - 1)]));
  }

  /** Spring Security's chain without a resource server, which both have to pay for. */
  @Benchmark
  public ServerWebExchange nothing() {
    return open.serve(connection.exchange(bound[next++ & (count - 1)]));
  }
}
