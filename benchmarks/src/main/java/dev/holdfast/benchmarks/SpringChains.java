package dev.holdfast.benchmarks;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.security.cert.X509Certificate;
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
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * A request through all security filters of a Spring application, with a certificate-bound JWT that
 * has been seen before. Both applications have the same chain; one has the starter, the other
 * Spring Security's own decoder, whose default validators compare the certificate.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SpringChains {
  /** How many tokens: a power of two. */
  @Param("" + WarmJwt.TOKENS)
  public int count;

  private final Specimens specimens = new Specimens();
  private final SpringApplications.Filters holdfast = SpringApplications.holdfast(specimens);
  private final SpringApplications.Filters spring = SpringApplications.springAlone(specimens);
  private final X509Certificate[] chain = {specimens.client().certificate()};
  private String[] tokens = {};
  private int next;

  /** Makes the tokens, and lets Holdfast see each one. */
  @Setup
  public void warm() throws IOException, ServletException {
    tokens = specimens.tokens("RS256", count);
    for (String token : tokens) {
      serve(holdfast, token);
    }
  }

  /** Stops both applications and the issuer. */
  @TearDown
  public void stop() {
    holdfast.close();
    spring.close();
    specimens.close();
  }

  /** The starter, with its defaults. */
  @Benchmark
  public MockHttpServletResponse holdfast() throws IOException, ServletException {
    return serve(holdfast, tokens[next++ & (count - 1)]);
  }

  /** Spring Security alone. */
  @Benchmark
  public MockHttpServletResponse spring() throws IOException, ServletException {
    return serve(spring, tokens[next++ & (count - 1)]);
  }

  /** The request and the response alone, which both sides have to pay for. */
  @Benchmark
  public MockHttpServletResponse nothing() {
    request(tokens[next++ & (count - 1)]);
    return new MockHttpServletResponse();
  }

  private MockHttpServletRequest request(String token) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/accounts/17");
    request.addHeader("Authorization", "Bearer " + token);
    request.setAttribute("jakarta.servlet.request.X509Certificate", chain);
    return request;
  }

  /** One request; a refusal would make a meaningless number, so it ends the run. */
  private MockHttpServletResponse serve(SpringApplications.Filters filters, String token)
      throws IOException, ServletException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    filters.serve(request(token), response);
    if (response.getStatus() != SpringApplications.Filters.REACHED) {
      throw new IllegalStateException("a rightful request was refused: " + response.getStatus());
    }
    return response;
  }
}
