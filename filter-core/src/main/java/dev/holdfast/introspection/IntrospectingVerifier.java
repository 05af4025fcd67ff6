package dev.holdfast.introspection;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.ClaimRules;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.Verification.Invalid;
import dev.holdfast.internal.http.HttpAnswer;
import dev.holdfast.internal.http.IssuerCall;
import dev.holdfast.internal.http.IssuerHttp;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
 * before it brought a byte of an answer: then once, on a new one. A platform thread that calls
 * makes the exchange itself, and the result is there on return.
 */
public final class IntrospectingVerifier implements AccessTokenVerifier {
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int MAX_CALLS_AT_A_TIME = 4096;
  private static final int FAILURES_IN_A_ROW = 20;
  private static final Duration REST = Duration.ofSeconds(1);

  private final IntrospectionEndpoint endpoint;
  private final Clock clock;
  private final IntrospectionRequests requests;
  private final IssuerCall call;
  private final CallGuard guard;
  private final CredentialAlarm alarm;

  /**
   * A verifier that asks this endpoint.
   *
   * @param trust whom to trust, or null for the JVM's trust store
   */
  public IntrospectingVerifier(
      IntrospectionEndpoint endpoint, @Nullable SSLContext trust, Clock clock) {
    this(
        endpoint,
        trust,
        clock,
        new CallGuard(
            new Bulkhead(MAX_CALLS_AT_A_TIME), new CircuitBreaker(FAILURES_IN_A_ROW, REST, clock)));
  }

  IntrospectingVerifier(
      IntrospectionEndpoint endpoint, @Nullable SSLContext trust, Clock clock, CallGuard guard) {
    this.endpoint = endpoint;
    this.clock = clock;
    this.requests = new IntrospectionRequests(endpoint);
    this.call =
        IssuerHttp.of(trust, endpoint.timeout(), MAX_BODY_BYTES)
            .allowingPlainHttp(endpoint.allowPlainHttp())
            .post(endpoint.uri(), requests.authorization());
    this.guard = guard;
    this.alarm = new CredentialAlarm(endpoint.uri(), clock);
  }

  @Override
  public CompletableFuture<Verification> verify(PresentedToken token) {
    return guard
        .call(() -> call.send(requests.about(token)))
        .thenApply(answer -> judge(token, answer));
  }

  private Verification judge(PresentedToken token, HttpAnswer answer) {
    alarm.watch(answer.status());
    IntrospectionResponse response = IntrospectionResponse.of(answer);
    if (!response.active()) {
      return invalid("the issuer calls the token inactive");
    }
    if (EmbeddedConfirmation.contradicts(token, response.claims())) {
      return invalid("cnf of the token and of its introspection differ");
    }
    Verification verification = rulesFor(response.claims()).check(response.claims());
    return verification instanceof Invalid broken ? invalid(broken.rule()) : verification;
  }

  private ClaimRules rulesFor(Map<String, Object> claims) {
    String issuer = endpoint.issuer();
    if (issuer == null) {
      issuer = claims.get("iss") instanceof String iss ? iss : endpoint.uri().toString();
    }
    return new ClaimRules(issuer, endpoint.audiences(), Set.of(), endpoint.clockSkew(), clock);
  }

  private static Invalid invalid(String rule) {
    return new Invalid(rule, Invalid.Finding.ISSUER_ASKED);
  }
}
