package dev.holdfast.introspection;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.holdfast.introspection.Answers.endpoint;
import static dev.holdfast.introspection.Answers.settled;
import static dev.holdfast.introspection.Answers.token;
import static dev.holdfast.introspection.Answers.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.Verification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not clearly an answer is an outage: unavailable, never invalid, and asked once only. */
@Tag("verify")
class IntrospectionFaultsTest {
  private static final Duration DEADLINE = Duration.ofMillis(500);
  private static WireMockServer server;

  @BeforeAll
  static void start() {
    server = new WireMockServer(options().dynamicPort().gzipDisabled(true));
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @BeforeEach
  void reset() {
    server.resetAll();
  }

  private static CompletableFuture<Verification> ask(String uri, Duration timeout) {
    return new IntrospectingVerifier(endpoint(uri, timeout), null, Clock.systemUTC())
        .verify(token("opaque"));
  }

  private static CompletableFuture<Verification> ask(ResponseDefinitionBuilder response) {
    server.stubFor(any(anyUrl()).willReturn(response));
    return ask(server.baseUrl() + "/introspect", Duration.ofSeconds(10));
  }

  /** Asks with a short deadline and sees to it that the deadline is kept. */
  private static String unavailableInTime(ResponseDefinitionBuilder response) {
    server.stubFor(any(anyUrl()).willReturn(response));
    long start = System.nanoTime();
    String reason = unavailable(ask(server.baseUrl() + "/introspect", DEADLINE));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE.multipliedBy(8));
    return reason;
  }

  private static void assertAskedOnce() {
    server.verify(1, anyRequestedFor(anyUrl()).withRequestBody(containing("token=opaque&")));
  }

  private static ResponseDefinitionBuilder json(String body) {
    return aResponse().withHeader("Content-Type", "application/json").withBody(body);
  }

  @Test
  void aPlainAnswerIsTaken() {
    assertThat(settled(ask(json("{\"active\":true}")))).isInstanceOf(Verification.Valid.class);
    assertThat(settled(ask(json("{\"active\":false}")))).isInstanceOf(Verification.Invalid.class);
  }

  @Test
  void retryAfterComesOverTheWireAndClosesTheEndpointForThatLong() {
    server.stubFor(
        any(anyUrl()).willReturn(aResponse().withStatus(429).withHeader("Retry-After", "30")));
    try (IntrospectingVerifier verifier =
        new IntrospectingVerifier(
            endpoint(server.baseUrl() + "/introspect", Duration.ofSeconds(10)),
            null,
            Clock.systemUTC())) {
      assertThat(retryAfter(verifier)).isEqualTo(Duration.ofSeconds(30));
      assertThat(retryAfter(verifier))
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30).minusNanos(1));
    }
    server.verify(2, anyRequestedFor(anyUrl())); // the caller's, and Holdfast's own
  }

  private static Duration retryAfter(IntrospectingVerifier verifier) {
    Throwable failure = verifier.verify(token("opaque")).handle((said, refused) -> refused).join();
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return Objects.requireNonNull(((IssuerUnavailableException) cause).retryAfter());
  }

  @Test
  void aServerThatNeverAnswersIsUnavailableAtTheDeadline_T74() {
    assertThat(unavailableInTime(okJson("{\"active\":true}").withFixedDelay(15_000)))
        .isEqualTo("the issuer did not answer in time");
  }

  @Test
  void aBodyOfOneByteASecondIsUnavailableAtTheDeadline_T74() {
    String body = "{\"active\":true }"; // 16 bytes, one a second
    assertThat(unavailableInTime(json(body).withChunkedDribbleDelay(16, 16_000)))
        .isEqualTo("the issuer did not answer in time");
  }

  @Test
  void nobodyListeningIsUnavailable_T74() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(unavailable(ask("http://127.0.0.1:" + port + "/", Duration.ofSeconds(10))))
        .contains("ConnectException");
  }

  @Test
  void aServerThatAcceptsAndSaysNothingIsUnavailableAtTheDeadline_T74() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThat(unavailable(ask("http://127.0.0.1:" + silent.getLocalPort() + "/", DEADLINE)))
          .isEqualTo("the issuer did not answer in time");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBrokenConnectionIsUnavailableAndNotTriedAgain_T74_T83(Fault fault) {
    unavailable(ask(aResponse().withFault(fault)));
    assertAskedOnce();
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 206, 400, 401, 403, 404, 405, 407, 408, 415, 429, 500, 502, 503})
  void anotherStatusIsUnavailableAndNotTriedAgain_T74_T78_T83(int status) {
    assertThat(unavailable(ask(json("{\"active\":true}").withStatus(status))))
        .contains("status " + status);
    assertAskedOnce();
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 307, 308})
  void aRedirectIsNotFollowed_T76(int status) {
    assertThat(
            unavailable(
                ask(
                    json("{\"active\":true}")
                        .withStatus(status)
                        .withHeader("Location", server.baseUrl() + "/elsewhere"))))
        .contains("status " + status);
    assertAskedOnce();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "text/plain",
        "application/token-introspection+jwt",
        "application/jsonp",
        "application",
        ""
      })
  void anotherMediaTypeIsUnavailable_T75(String mediaType) {
    assertThat(
            unavailable(
                ask(
                    aResponse()
                        .withHeader("Content-Type", mediaType)
                        .withBody("{\"active\":true}"))))
        .isEqualTo("the introspection response is not application/json");
  }

  @Test
  void noMediaTypeIsUnavailable_T75() {
    assertThat(unavailable(ask(aResponse().withBody("{\"active\":true}"))))
        .isEqualTo("the introspection response is not application/json");
  }

  @Test
  void aBodyOf64KibibytesIsReadAndOneByteMoreIsNot_T77() {
    String frame = "{\"active\":true}";
    String spaces = " ".repeat(64 * 1024 - frame.length());
    assertThat(settled(ask(json(frame + spaces)))).isInstanceOf(Verification.Valid.class);
    assertThat(unavailable(ask(json(frame + spaces + " "))))
        .endsWith("the body is longer than 65536 bytes");
  }

  @Test
  void aCompressedBodyIsNeverUnpacked_T77() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write("{\"active\":true}".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      gzip.write(" ".repeat(20_000_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    assertThat(bomb.size()).isLessThan(64 * 1024);
    assertThat(
            unavailable(
                ask(
                    aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withHeader("Content-Encoding", "gzip")
                        .withBody(bomb.toByteArray()))))
        .contains("content coding");
  }
}
