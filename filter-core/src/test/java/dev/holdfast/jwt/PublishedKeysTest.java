package dev.holdfast.jwt;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.exactly;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.IssuerHttp;
import dev.holdfast.jwt.keys.KeySet;
import dev.holdfast.jwt.keys.KeySetCache;
import dev.holdfast.jwt.keys.KeySetTiming;
import dev.holdfast.testing.SettableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Discovery and key set against an issuer that misbehaves. */
@Tag("verify")
class PublishedKeysTest {
  private static final WireMockServer SERVER = start();
  private static final String RFC8414 = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";
  private static final String KEYS =
      new String(Specimen.json(List.of(Specimen.rsaJwk())), StandardCharsets.UTF_8);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(400);

  private static WireMockServer start() {
    WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
    return server;
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @BeforeEach
  void reset() {
    SERVER.resetAll();
  }

  private static String issuer() {
    return "http://127.0.0.1:" + SERVER.port();
  }

  private static PublishedKeys keys(String issuer, String jwkSetUri, Duration deadline) {
    JwtIssuer settings =
        new JwtIssuer(
            issuer,
            jwkSetUri == null ? null : URI.create(jwkSetUri),
            Set.of(),
            Set.of(),
            Set.of(),
            Duration.ZERO);
    IssuerHttp http = IssuerHttp.of(null, deadline, PublishedKeys.MAX_BODY_BYTES);
    return new PublishedKeys(http, settings, deadline);
  }

  private static void discoverableAt(String path, String issuer) {
    SERVER.stubFor(
        get(urlEqualTo(path))
            .willReturn(
                okJson("{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer() + "/jwks\"}")));
  }

  private static void serve(ResponseDefinitionBuilder answer) {
    SERVER.stubFor(get(urlEqualTo("/jwks")).willReturn(answer));
  }

  private static void assertUnavailable(CompletableFuture<KeySet> result) {
    assertThatThrownBy(result::join).hasCauseInstanceOf(IssuerUnavailableException.class);
  }

  @Test
  void discoveryAsksRfc8414FirstAndNobodyElse() {
    discoverableAt(RFC8414, issuer());
    serve(okJson(KEYS));

    assertThat(keys(issuer(), null, LONG).fetch().join()).hasToString("KeySet[rsa-1]");
    SERVER.verify(exactly(0), getRequestedFor(urlEqualTo(OPENID)));
  }

  @Test
  void discoveryFallsBackToOpenIdWhereTheFirstPlaceHasNoMetadataOfThisIssuer() {
    discoverableAt("/tenant" + OPENID, issuer() + "/tenant");
    serve(okJson(KEYS));
    for (MappingBuilder first :
        List.of(
            any(urlEqualTo(RFC8414 + "/tenant")).willReturn(aResponse().withStatus(404)),
            any(urlEqualTo(RFC8414 + "/tenant")).willReturn(aResponse().withBody("<html>")),
            any(urlEqualTo(RFC8414 + "/tenant")).willReturn(okJson("{\"issuer\":\"x\"}")))) {
      SERVER.stubFor(first);
      assertThat(keys(issuer() + "/tenant", null, LONG).fetch().join())
          .hasToString("KeySet[rsa-1]");
    }
  }

  @TestFactory
  Stream<DynamicTest> theOpenIdPlaceIsAskedWhateverIsWrongWithTheFirst_C32() {
    Map<String, ResponseDefinitionBuilder> first = new LinkedHashMap<>();
    first.put("resets", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    first.put("says nothing", aResponse().withFault(Fault.EMPTY_RESPONSE));
    first.put("stalls", okJson("{}").withFixedDelay(20_000));
    first.put("answers gzip", okJson("{}").withHeader("Content-Encoding", "gzip"));
    first.put("is long HTML", aResponse().withBody("<html>".repeat(50_000)));
    first.put("redirects", aResponse().withStatus(302).withHeader("Location", "/elsewhere"));
    return first.entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey(),
                    () -> {
                      reset();
                      SERVER.stubFor(any(urlEqualTo(RFC8414)).willReturn(entry.getValue()));
                      discoverableAt(OPENID, issuer());
                      serve(okJson(KEYS));
                      assertThat(keys(issuer(), null, Duration.ofSeconds(5)).fetch().join())
                          .hasToString("KeySet[rsa-1]");
                    }));
  }

  @Test
  void theReasonSaysWhatIsWrongWithEachPlace_C32() {
    SERVER.stubFor(
        any(urlEqualTo(RFC8414)).willReturn(okJson("{}").withHeader("Content-Encoding", "gzip")));
    SERVER.stubFor(any(urlEqualTo(OPENID)).willReturn(aResponse().withStatus(302)));
    assertThatThrownBy(keys(issuer(), null, LONG).fetch()::join)
        .hasCauseInstanceOf(IssuerUnavailableException.class)
        .cause()
        .hasMessageContainingAll(
            RFC8414 + " gives no answer: the exchange with the issuer failed: ",
            "the answer has a content coding, and none was asked for; ",
            OPENID + " answers with status 302, and a redirect is not followed");
  }

  /** Some servers take {@code Accept} at its word. */
  @Test
  void aKeySetOfItsOwnMediaTypeIsAskedFor_C85() {
    SERVER.stubFor(any(urlEqualTo("/jwks")).willReturn(aResponse().withStatus(406)));
    SERVER.stubFor(
        get(urlEqualTo("/jwks"))
            .withHeader("Accept", containing("application/jwk-set+json"))
            .willReturn(
                aResponse().withHeader("Content-Type", "application/jwk-set+json").withBody(KEYS)));
    assertThat(keys(issuer(), issuer() + "/jwks", LONG).fetch().join())
        .hasToString("KeySet[rsa-1]");
  }

  @Test
  void thePlacesFollowTheSpecifications() {
    assertThat(IssuerMetadata.places("https://as.example"))
        .containsExactly(
            URI.create("https://as.example" + RFC8414), URI.create("https://as.example" + OPENID));
    assertThat(IssuerMetadata.places("https://as.example/a/b/"))
        .containsExactly(
            URI.create("https://as.example" + RFC8414 + "/a/b"),
            URI.create("https://as.example/a/b" + OPENID));
  }

  @Test
  void metadataOfAnotherIssuerCountForNothing() {
    serve(okJson(KEYS));
    for (String other : List.of(issuer() + "/", "https://attacker.example", "")) {
      discoverableAt(RFC8414, other);
      discoverableAt(OPENID, other);
      assertUnavailable(keys(issuer(), null, LONG).fetch());
    }
    SERVER.verify(exactly(0), getRequestedFor(urlEqualTo("/jwks")));
  }

  @TestFactory
  Stream<DynamicTest> aKeySetAddressThatIsNotSafeIsNotAsked() {
    return Stream.of("\"http://issuer.example/jwks\"", "\"file:///etc/passwd\"", "\"/jwks\"", "1")
        .map(
            uri ->
                dynamicTest(
                    uri,
                    () -> {
                      SERVER.stubFor(
                          any(anyUrl())
                              .willReturn(
                                  okJson(
                                      "{\"issuer\":\""
                                          + issuer()
                                          + "\",\"jwks_uri\":"
                                          + uri
                                          + "}")));
                      assertUnavailable(keys(issuer(), null, LONG).fetch());
                    }));
  }

  @Test
  void anIssuerThatMovesItsKeysIsFoundAfterAFailure() {
    discoverableAt(RFC8414, issuer());
    serve(okJson(KEYS));
    PublishedKeys keys = keys(issuer(), null, LONG);
    keys.fetch().join();
    keys.fetch().join();
    SERVER.verify(exactly(1), getRequestedFor(urlEqualTo(RFC8414)));

    serve(aResponse().withStatus(410));
    assertUnavailable(keys.fetch());
    serve(okJson(KEYS));
    keys.fetch().join();
    SERVER.verify(exactly(2), getRequestedFor(urlEqualTo(RFC8414)));
  }

  @TestFactory
  Stream<DynamicTest> aFaultyAnswerIsUnavailable() {
    Map<String, ResponseDefinitionBuilder> faults = new LinkedHashMap<>();
    faults.put("302 to good keys", aResponse().withStatus(302).withHeader("Location", "/moved"));
    faults.put("307 to good keys", aResponse().withStatus(307).withHeader("Location", "/moved"));
    faults.put("500 with good keys", okJson(KEYS).withStatus(500));
    faults.put("204", aResponse().withStatus(204));
    faults.put("empty body", aResponse().withStatus(200));
    faults.put("HTML", aResponse().withStatus(200).withBody("<html>"));
    faults.put("keys twice", okJson("{\"keys\":[]," + KEYS.substring(1)));
    faults.put("no keys", okJson("{}"));
    faults.put("an empty list of keys", okJson("{\"keys\":[]}")); // C30
    faults.put("no key that can be used", okJson(KEYS.replace("\"RSA\"", "\"XYZ\""))); // C30
    faults.put("no answer in time", okJson(KEYS).withFixedDelay(5_000));
    faults.put("slow body", okJson(KEYS).withChunkedDribbleDelay(50, 10_000));
    faults.put(
        "huge body", okJson("{\"x\":\"" + "x".repeat(256 * 1024) + "\"," + KEYS.substring(1)));
    faults.put("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    faults.put("no answer at all", aResponse().withFault(Fault.EMPTY_RESPONSE));
    faults.put("garbage", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
    faults.put("malformed chunk", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
    return faults.entrySet().stream()
        .map(
            fault ->
                dynamicTest(
                    fault.getKey(),
                    () -> {
                      SERVER.resetAll();
                      SERVER.stubFor(get(urlEqualTo("/moved")).willReturn(okJson(KEYS)));
                      boolean slow =
                          fault.getKey().contains("slow") || fault.getKey().contains("time");
                      String address = issuer() + "/jwks";
                      serve(okJson(KEYS));
                      keys(issuer(), address, LONG).fetch().join(); // the pair: it works without
                      serve(fault.getValue());
                      assertUnavailable(keys(issuer(), address, slow ? SHORT : LONG).fetch());
                      SERVER.verify(exactly(0), getRequestedFor(urlEqualTo("/moved")));
                    }));
  }

  private static String reason(CompletableFuture<KeySet> result) {
    try {
      return "no failure but " + result.join();
    } catch (CompletionException failed) {
      assertThat(failed.getCause()).isInstanceOf(IssuerUnavailableException.class);
      return String.valueOf(failed.getCause().getMessage());
    }
  }

  @Test
  void theReasonSaysWhatIsWrongWithTheMetadata_C54() {
    String slash = "{\"issuer\":\"" + issuer() + "/\",\"jwks_uri\":\"" + issuer() + "/jwks\"}";
    SERVER.stubFor(
        get(urlEqualTo(RFC8414))
            .willReturn(aResponse().withStatus(302).withHeader("Location", "/moved")));
    SERVER.stubFor(get(urlEqualTo(OPENID)).willReturn(okJson(slash)));

    assertThat(reason(keys(issuer(), null, LONG).fetch()))
        .isEqualTo(
            "the issuer's metadata name no key set: "
                + issuer()
                + RFC8414
                + " answers with status 302, and a redirect is not followed; "
                + issuer()
                + OPENID
                + " is of an issuer that ends with a slash, and the configured one does not");

    discoverableAt(OPENID, issuer());
    assertThat(reason(keys(issuer() + "/", null, LONG).fetch()))
        .contains("is of an issuer that does not end with a slash, and the configured one does");
  }

  @Test
  void whatTheMetadataSayIsQuotedOnlyWhereItIsPlain_C54() {
    Map<String, String> documents = new LinkedHashMap<>();
    documents.put("{\"issuer\":\"https://b.example\"}", "is of the issuer https://b.example,");
    documents.put("{\"issuer\":\"a\\nb\"}", "is of the issuer of unprintable or very long name");
    documents.put("{}", "names no issuer");
    documents.put("{\"issuer\":\"" + issuer() + "\"}", "has no jwks_uri");
    documents.put("{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":null}", "has no jwks_uri");
    documents.put(
        "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"http://b.example\"}",
        "has an unsafe jwks_uri");
    documents.put("<html>", "is malformed: ");
    documents.forEach(
        (document, expected) -> {
          SERVER.stubFor(any(anyUrl()).willReturn(okJson(document)));
          assertThat(reason(keys(issuer(), null, LONG).fetch())).contains(expected);
        });
    SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));
    assertThat(reason(keys(issuer(), null, LONG).fetch())).contains("answers with status 404;");
  }

  @Test
  void theReasonSaysWhatIsWrongWithTheKeySet_C30_C54() {
    String address = issuer() + "/jwks";
    serve(okJson("{\"keys\":[]}"));
    assertThat(reason(keys(issuer(), address, LONG).fetch()))
        .isEqualTo("the key set has no key that can be used");
    serve(aResponse().withStatus(307).withHeader("Location", "/moved"));
    assertThat(reason(keys(issuer(), address, LONG).fetch()))
        .isEqualTo("the key set's address answers with status 307, and a redirect is not followed");
  }

  @Test
  void goodKeysOutliveAnEmptySetUntilTheyAreTooOld_C30() {
    SettableClock clock = new SettableClock(Specimen.NOW);
    KeySetTiming timing = KeySetTiming.DEFAULTS;
    KeySetCache cache = new KeySetCache(keys(issuer(), issuer() + "/jwks", LONG), timing, clock);
    serve(okJson(KEYS));
    KeySet good = cache.current().join();
    for (String empty : List.of("{\"keys\":[]}", KEYS.replace("\"RSA\"", "\"XYZ\""))) {
      serve(okJson(empty));
      clock.set(clock.instant().plus(timing.lifetime()).plusSeconds(1));
      assertThat(cache.current().join()).isSameAs(good);
      assertUnavailable(cache.newerThan(good)); // the last look failed (C67)
    }
    clock.set(Specimen.NOW.plus(timing.maxStale()));
    assertUnavailable(cache.current());

    serve(okJson(KEYS));
    clock.set(clock.instant().plus(timing.retryInterval()));
    assertThat(cache.current().join()).hasToString("KeySet[rsa-1]");
  }

  @Test
  void anIssuerThatIsNotThereIsUnavailable() {
    assertUnavailable(keys("http://127.0.0.1:1", null, LONG).fetch());
  }
}
