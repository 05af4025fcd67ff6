package dev.holdfast.events;

import static dev.holdfast.events.Marked.ISSUER;
import static dev.holdfast.events.Marked.NOON;
import static dev.holdfast.events.Marked.text;
import static dev.holdfast.events.Marked.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.AccessToken;
import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Sha256Digest;
import dev.holdfast.TokenScreen;
import dev.holdfast.Verification;
import dev.holdfast.cache.CacheLimits;
import dev.holdfast.cache.CachingAccessTokenVerifier;
import dev.holdfast.testing.Race;
import dev.holdfast.testing.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is revoked is neither in the cache any more nor let in again. */
class TokenEvictionTest {
  private static final long SECOND = NOON.getEpochSecond();

  private final SettableClock clock = new SettableClock(NOON);
  private final Map<String, Verification.Valid> issued = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final LocalRevocations store = new LocalRevocations();
  private final AccessTokenVerifier issuer =
      presented -> {
        asked.incrementAndGet();
        return CompletableFuture.completedFuture(issued.get(presented.value()));
      };
  private final CachingAccessTokenVerifier cache =
      new CachingAccessTokenVerifier(
          new UnrevokedVerifier(
              issuer, new RevocationScreen(store, name -> !name.equals("https://introspected"))),
          "realm",
          new CacheLimits(Duration.ofMinutes(5), 1000, Duration.ofSeconds(5), 100),
          clock);
  private final TokenEviction eviction = eviction(cache, store, clock);

  private static TokenEviction eviction(
      CachingAccessTokenVerifier cache, RevocationStore store, Clock clock) {
    return new TokenEviction(
        store,
        new CachedTokens() {
          @Override
          public void evictWhere(Predicate<AccessToken> condition) {
            cache.evictWhere(condition);
          }

          @Override
          public void evict(Sha256Digest token) {
            cache.evict(token);
          }
        },
        clock);
  }

  private String issue(String id, Object... claims) {
    return issueOf(ISSUER, id, claims);
  }

  private String issueOf(String name, String id, Object... claims) {
    Object[] all = new Object[claims.length + 2];
    all[0] = "iss";
    all[1] = name;
    System.arraycopy(claims, 0, all, 2, claims.length);
    String text = text(name, id);
    issued.put(text, token(all));
    return text;
  }

  private Verification verify(String text) {
    return cache.verify(PresentedToken.of(PresentedToken.Scheme.BEARER, text)).join();
  }

  private void assertPasses(String text) {
    assertThat(verify(text)).isInstanceOf(Verification.Valid.class);
  }

  private void assertRevoked(String text) {
    assertThat(verify(text)).isEqualTo(new Verification.Invalid(TokenScreen.REVOKED));
  }

  static Stream<Consumer<TokenEviction>> evictions() {
    return Stream.of(
        by -> by.byToken(text(ISSUER, "a")),
        by -> by.bySubject(ISSUER, "alice"),
        by -> by.byClient(ISSUER, "app"),
        by -> by.bySession(ISSUER, "s1"));
  }

  @ParameterizedTest
  @MethodSource("evictions")
  void aCachedTokenIsRefusedFromThenOnAndOthersAreNot(Consumer<TokenEviction> by) {
    String mine = issue("a", "sub", "alice", "client_id", "app", "sid", "s1", "iat", SECOND - 10);
    String other = issue("b", "sub", "bob", "client_id", "web", "sid", "s2", "iat", SECOND - 10);
    String elsewhere = issueOf("https://other", "a", "sub", "alice", "iat", SECOND - 10);
    assertPasses(mine);
    assertPasses(other);
    assertPasses(elsewhere);
    int before = asked.get();
    by.accept(eviction);
    assertPasses(elsewhere);
    assertThat(asked).hasValue(before);
    assertPasses(other);
    assertRevoked(mine);
    clock.advance(Duration.ofDays(1));
    assertRevoked(mine);
  }

  @ParameterizedTest
  @MethodSource("evictions")
  void whatIsIssuedLaterPasses(Consumer<TokenEviction> by) {
    by.accept(eviction);
    String same =
        issue("later", "sub", "alice", "client_id", "app", "sid", "s1", "iat", SECOND + 1);
    assertPasses(same);
  }

  /** Of an ECDSA signature (r, s) there is another one that holds, too: (r, n - s). */
  @Test
  void oneTokenIsRevokedWhateverItsSignatureLooksLike() {
    String mine = issue("a", "iat", SECOND - 10);
    String altered = mine.replaceFirst("[.]AAAA$", ".BBBB");
    issued.put(altered, token("iat", SECOND - 10));
    String unseen = mine.replaceFirst("[.]AAAA$", ".CCCC");
    issued.put(unseen, token("iat", SECOND - 10));
    String other = issue("b", "iat", SECOND - 10);
    assertPasses(mine);
    assertPasses(altered);
    assertPasses(other);
    eviction.byToken(mine);
    assertRevoked(mine);
    assertRevoked(altered);
    assertRevoked(unseen);
    assertPasses(other);
  }

  @Test
  void anotherIssuersSubjectOfThatNameIsAnother() {
    String other = issueOf("https://other", "a", "sub", "alice", "iat", SECOND - 10);
    eviction.bySubject(ISSUER, "alice");
    assertPasses(other);
  }

  @Test
  void aTokenWithoutTheTimeOfItsIssueCountsAsIssuedBefore() {
    eviction.bySubject(ISSUER, "alice");
    assertRevoked(issue("a", "sub", "alice"));
    assertPasses(issue("b", "sub", "bob"));
  }

  /** Its issuer knows better. */
  @Test
  void anIntrospectedTokenIsForgottenAndItsIssuerAskedAnew() {
    String opaque = "opaque-1";
    issued.put(opaque, token("sub", "alice", "iat", SECOND - 10));
    String jwt = issueOf("https://introspected", "a", "sub", "alice", "iat", SECOND - 10);
    assertPasses(opaque);
    assertPasses(jwt);
    eviction.bySubject(ISSUER, "alice");
    eviction.bySubject("https://introspected", "alice");
    int before = asked.get();
    assertPasses(opaque);
    assertPasses(jwt);
    assertThat(asked).hasValue(before + 2);
    eviction.byToken(opaque);
    assertPasses(opaque);
    assertThat(asked).hasValue(before + 3);
  }

  @Test
  void whatNamesNobodyIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> eviction.bySubject(ISSUER, " "));
    assertThatIllegalArgumentException().isThrownBy(() -> eviction.byClient("", "app"));
    assertThatIllegalArgumentException().isThrownBy(() -> eviction.byToken("no token"));
    assertThat(store.isEmpty()).isTrue();
  }

  /**
   * A store that others could not be told by: what is cached here goes, and the failure is told.
   */
  @Test
  void aFailureOfTheStoreIsToldAndThisNodeHasEvictedAllTheSame() {
    RevocationStore failing =
        new RevocationStore() {
          @Override
          public CompletableFuture<Void> remember(
              java.util.Collection<TokenMark> marks, java.time.Instant upTo) {
            return CompletableFuture.failedFuture(new IssuerUnavailableException("down", null));
          }

          @Override
          public CompletableFuture<Boolean> revokes(
              String name,
              java.util.Collection<TokenMark> marks,
              java.time.@org.jspecify.annotations.Nullable Instant issuedAt) {
            throw new AssertionError();
          }
        };
    String mine = issue("a", "sub", "alice", "iat", SECOND - 10);
    assertPasses(mine);
    int before = asked.get();
    TokenEviction of = eviction(cache, failing, clock);
    for (Runnable by :
        java.util.List.<Runnable>of(() -> of.bySubject(ISSUER, "alice"), () -> of.byToken(mine))) {
      assertThatExceptionOfType(IssuerUnavailableException.class).isThrownBy(by::run);
      assertPasses(mine);
      assertThat(asked).hasValue(++before);
    }
  }

  /**
   * One thread revokes while another one presents the token for the first time: whatever that got,
   * nobody gets it once the revocation has returned.
   */
  @Test
  void noRaceLetsARevokedTokenInAgain() throws Exception {
    int rounds = 500;
    CyclicBarrier together = new CyclicBarrier(2);
    int[] late =
        Race.winners(
            2,
            rounds,
            (thread, round) -> {
              String subject = "u" + round;
              String text = issue(subject, "sub", subject, "iat", SECOND - 10);
              together.await(20, TimeUnit.SECONDS);
              if (thread == 0) {
                eviction.bySubject(ISSUER, subject);
                return verify(text) instanceof Verification.Valid;
              }
              verify(text);
              return false;
            });
    assertThat(late).containsOnly(0);
  }
}
