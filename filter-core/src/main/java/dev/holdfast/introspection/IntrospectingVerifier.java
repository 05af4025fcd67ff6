package dev.holdfast.introspection;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.ClaimRules;
import dev.holdfast.IssuerClient;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.TokenKind;
import dev.holdfast.Verification;
import dev.holdfast.Verification.Invalid;
import dev.holdfast.internal.issuer.HttpAnswer;
import dev.holdfast.internal.issuer.IssuerCall;
import dev.holdfast.internal.issuer.IssuerHttp;
import dev.holdfast.introspection.shared.IssuerAnswers;
import dev.holdfast.introspection.shared.SharedLevel;
import dev.holdfast.introspection.signed.SignedResponses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks the issuer about each token at its introspection endpoint (RFC 7662), every time: put a
 * cache before it.
 *
 * <p>A token is {@link Verification.Valid} when the endpoint calls it active and its claims hold
 * here too, and {@link Verification.Invalid} when the endpoint says otherwise or a claim does not
 * hold. Whatever is not clearly an answer about the token (no connection, no trust, a deadline, a
 * status other than 200, another media type, a malformed or endless body) fails with {@code
 * IssuerUnavailableException}. Nothing is tried again, but for a kept connection that had ended
 * before it brought a byte of an answer: then once, on a new one. Where many calls in a row fail,
 * and where one is refused as if the credentials were wrong, one more call about a made-up token
 * shows whether that is the endpoint's doing or the tokens'. A platform thread that calls makes the
 * exchange itself, and the result is there on return.
 */
public final class IntrospectingVerifier implements AccessTokenVerifier, AutoCloseable {
  private static final int MAX_BODY_BYTES = 64 * 1024;

  /** How many calls are under way at a time, where nothing else is configured. */
  public static final int DEFAULT_MAX_CALLS = 50;

  /** For a place; far shorter than a call may take, since a thread of a container waits. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private static final int FAILURES_IN_A_ROW = 20;
  private static final List<String> MARKS = List.of("at_hash", "c_hash", "s_hash", "events");
  private static final Duration REST = Duration.ofSeconds(1);

  private final IntrospectionEndpoint endpoint;
  private final Clock clock;
  private final IntrospectionRequests requests;
  private final IssuerCall call;
  private final IssuerHttp http;
  private final CallGuard guard;
  private final InactiveWatch watch;
  private final Executor calls;
  private final @Nullable SignedResponses signed;
  private final @Nullable SharedLevel shared;
  private final IssuerAnswers answers = new Answers();

  /**
   * A verifier that asks this endpoint, with {@link #DEFAULT_MAX_CALLS}.
   *
   * @param trust whom to trust, or null for the JVM's trust store
   */
  public IntrospectingVerifier(
      IntrospectionEndpoint endpoint, @Nullable SSLContext trust, Clock clock) {
    this(endpoint, DEFAULT_MAX_CALLS, trust, clock);
  }

  /**
   * A verifier that asks this endpoint.
   *
   * @param maxCalls how many calls are under way at a time; as many callers again wait for a
   *     quarter of a second
   * @param trust whom to trust, or null for the JVM's trust store
   */
  public IntrospectingVerifier(
      IntrospectionEndpoint endpoint, int maxCalls, @Nullable SSLContext trust, Clock clock) {
    this(endpoint, maxCalls, trust, clock, Runnable::run, null, null, null);
  }

  /**
   * A verifier that asks this endpoint, and makes its calls elsewhere.
   *
   * @param maxCalls how many calls are under way at a time; as many callers again wait for a
   *     quarter of a second
   * @param trust whom to trust, or null for the JVM's trust store
   * @param calls where calls are made and waited for; it must not be the caller's thread where that
   *     is not to be blocked
   * @param client what makes the requests, or null for Holdfast's own
   * @param signed reads answers that the issuer has signed, and then no other is taken; null:
   *     answers are JSON
   * @param shared what other nodes were answered; calls are then made on threads of their own;
   *     null: this node asks about each token itself
   */
  public IntrospectingVerifier(
      IntrospectionEndpoint endpoint,
      int maxCalls,
      @Nullable SSLContext trust,
      Clock clock,
      Executor calls,
      @Nullable IssuerClient client,
      @Nullable SignedResponses signed,
      @Nullable SharedLevel shared) {
    this.shared = shared;
    this.endpoint = endpoint;
    this.calls = calls;
    this.clock = clock;
    this.requests = new IntrospectionRequests(endpoint.credential());
    this.http =
        IssuerHttp.of(trust, endpoint.timeout(), MAX_BODY_BYTES)
            .allowingPlainHttp(endpoint.allowPlainHttp())
            .withKeyOf(endpoint.credential().tls())
            .by(client);
    this.signed = signed;
    this.call =
        http.post(
            endpoint.uri(),
            signed == null ? "application/json" : SignedResponses.MEDIA_TYPE,
            endpoint.credential().authorization());
    this.guard =
        new CallGuard(
            new Semaphore(maxCalls, /* fair= */ true),
            PATIENCE,
            new CircuitBreaker(FAILURES_IN_A_ROW, REST, clock),
            new Probe(this::ask),
            new CredentialAlarm(endpoint.uri(), clock));
    this.watch = new InactiveWatch(endpoint.uri(), endpoint.clientId());
  }

  private CompletableFuture<HttpAnswer> ask(PresentedToken token) {
    return call.send(requests.about(token));
  }

  @Override
  public CompletableFuture<Verification> verify(PresentedToken token) {
    CompletableFuture<Verification> answer =
        shared == null ? ownAnswer(token) : shared.verify(token, answers);
    return answer.exceptionallyCompose(
        failure ->
            CompletableFuture.failedFuture(IssuerUnavailableException.named(failure, name())));
  }

  private CompletableFuture<Verification> ownAnswer(PresentedToken token) {
    return CompletableFuture.completedFuture(token)
        .thenComposeAsync(answers::ask, calls)
        .thenApply(claims -> answers.judge(token, claims));
  }

  /** The issuer's, each of which is judged as if it came just now. */
  private final class Answers implements IssuerAnswers {
    @Override
    public CompletableFuture<Map<String, Object>> ask(PresentedToken token) {
      return response(token)
          .thenApply(
              response -> {
                watch.saw(response.active());
                return response.claims();
              });
    }

    @Override
    public Verification judge(PresentedToken token, Map<String, Object> claims) {
      return IntrospectingVerifier.this.judge(token, IntrospectionResponse.of(claims));
    }
  }

  private CompletableFuture<IntrospectionResponse> response(PresentedToken token) {
    Instant asked = clock.instant();
    CompletableFuture<HttpAnswer> answer = guard.call(() -> ask(token));
    return signed == null
        ? answer.thenApply(IntrospectionResponse::of)
        : answer
            .thenCompose(
                received -> signed.read(IntrospectionResponse.requireGood(received), asked))
            .thenApply(IntrospectionResponse::of);
  }

  private String name() {
    String issuer = endpoint.issuer();
    return issuer != null ? issuer : endpoint.uri().toString();
  }

  /** Ends the calls that are under way, and all connections. */
  @Override
  public void close() {
    http.close();
  }

  private Verification judge(PresentedToken token, IntrospectionResponse response) {
    if (!response.active()) {
      return invalid("the issuer calls the token inactive");
    }
    if (EmbeddedConfirmation.contradicts(token, response.claims())) {
      return invalid("cnf of the token and of its introspection differ");
    }
    String otherKind = otherKind(response.claims());
    if (otherKind != null) {
      return invalid(otherKind);
    }
    Verification verification = rulesFor(response.claims()).check(response.claims());
    return verification instanceof Invalid broken ? invalid(broken.rule()) : verification;
  }

  /**
   * A word of {@code token_type} that nobody here knows, or the marks of an ID token or an event:
   * some endpoints vouch for those as well. That nothing is said is lawful (RFC 7662 section 2.2).
   */
  private static @Nullable String otherKind(Map<String, Object> claims) {
    if (TokenKind.stated(claims, "token_type") == TokenKind.UNKNOWN) {
      return "token_type is none that is known of access tokens";
    }
    for (String mark : MARKS) {
      if (claims.get(mark) != null) {
        return mark + " belongs to an ID token or an event, not to an access token";
      }
    }
    return null;
  }

  private ClaimRules rulesFor(Map<String, Object> claims) {
    String issuer =
        endpoint.issuer() == null && claims.get("iss") instanceof String iss ? iss : name();
    return new ClaimRules(issuer, endpoint.audiences(), Set.of(), endpoint.clockSkew(), clock);
  }

  private static Invalid invalid(String rule) {
    return new Invalid(rule, Invalid.Finding.ISSUER_ASKED);
  }
}
