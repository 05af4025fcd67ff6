package dev.holdfast.events.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.AccessToken;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.Sha256Digest;
import dev.holdfast.events.CachedTokens;
import dev.holdfast.events.DigestedMark;
import dev.holdfast.events.LocalRevocations;
import dev.holdfast.events.TokenEviction;
import dev.holdfast.events.TokenMark;
import dev.holdfast.events.TokenMark.Kind;
import dev.holdfast.testing.Await;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes over one log. */
class SharedRevocationsTest {
  private static final String ISSUER = "https://as.example";
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int MOST = 100;

  private final MemoryLog log = new MemoryLog();
  private final List<SharedRevocations> nodes = new ArrayList<>();

  @AfterEach
  void end() {
    nodes.forEach(SharedRevocations::close);
  }

  private SharedRevocations node() {
    return node(CachedTokens.none());
  }

  private SharedRevocations node(CachedTokens cached) {
    SharedRevocations node = new SharedRevocations(log, new LocalRevocations(), MOST);
    nodes.add(node);
    assertThat(node.start(cached, Duration.ofSeconds(1))).isNull();
    return node;
  }

  private static TokenMark subject(String name) {
    return new TokenMark(ISSUER, Kind.SUBJECT, name);
  }

  private static void revoke(SharedRevocations node, String name, Instant upTo) {
    node.remember(List.of(subject(name)), upTo).join();
  }

  private static boolean revokes(SharedRevocations node, String name, Instant issuedAt) {
    return node.revokes(ISSUER, List.of(subject(name)), issuedAt).join();
  }

  private static void assertSoon(BooleanSupplier condition) throws InterruptedException {
    assertThat(Await.within(Duration.ofSeconds(20), condition)).isTrue();
  }

  @Test
  void whatOneRevokesAllRefuse() throws Exception {
    SharedRevocations one = node();
    SharedRevocations other = node();
    assertThat(one.isEmpty()).isTrue();
    revoke(one, "alice", NOON);
    assertThat(revokes(one, "alice", NOON)).isTrue();
    assertSoon(() -> revokes(other, "alice", NOON));
    assertThat(revokes(other, "alice", NOON.plusMillis(1))).isFalse();
    assertThat(revokes(other, "bob", NOON)).isFalse();
    assertThat(other.isEmpty()).isFalse();
  }

  /** What another node's cache was asked to forget, once each. */
  private static final class Forgotten implements CachedTokens {
    private final List<Collection<DigestedMark>> marks = new CopyOnWriteArrayList<>();
    private final List<Predicate<AccessToken>> conditions = new CopyOnWriteArrayList<>();

    @Override
    public void evictAny(Collection<DigestedMark> some) {
      if (!some.isEmpty()) {
        marks.add(List.copyOf(some));
      }
    }

    @Override
    public void evictWhere(Predicate<AccessToken> condition) {
      conditions.add(condition);
    }

    @Override
    public void evict(Sha256Digest token) {}
  }

  @Test
  void theOthersForgetWhatTheyHaveCached_andNobodyTwice() throws Exception {
    Forgotten first = new Forgotten();
    Forgotten second = new Forgotten();
    SharedRevocations one = node(first);
    SharedRevocations other = node(second);
    TokenEviction eviction = new TokenEviction(one, first, Clock.systemUTC());
    eviction.bySubject(ISSUER, "alice");
    eviction.byToken("opaque-1");
    assertSoon(() -> second.marks.stream().mapToInt(Collection::size).sum() == 2);
    revoke(other, "bob", NOON);
    assertSoon(() -> revokes(one, "bob", NOON));
    assertThat(first.marks.stream().flatMap(Collection::stream))
        .as("its own come back from the log; a text is forgotten again, which costs nothing")
        .filteredOn(mark -> mark.kind() == Kind.SUBJECT)
        .containsExactly(DigestedMark.of(subject("alice")), DigestedMark.of(subject("bob")));
    assertThat(second.marks.stream().flatMap(Collection::stream).map(DigestedMark::kind))
        .contains(Kind.SUBJECT, Kind.TOKEN);
  }

  @Test
  void aNodeThatStartsLaterKnowsAllOfIt() {
    SharedRevocations one = node();
    IntStream.range(0, 50).forEach(i -> revoke(one, "u" + i, NOON));
    SharedRevocations later = node();
    IntStream.range(0, 50).forEach(i -> assertThat(revokes(later, "u" + i, NOON)).isTrue());
  }

  @Test
  void nobodyIsAdmittedBeforeTheLogWasReadOnce() throws Exception {
    log.isDown(true);
    SharedRevocations node = node();
    assertThat(node.isEmpty()).isFalse();
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> revokes(node, "alice", NOON))
        .withCauseInstanceOf(IssuerUnavailableException.class);
    log.isDown(false);
    assertSoon(node::isEmpty);
    assertThat(node.isFollowing()).isTrue();
    log.isDown(true);
    assertSoon(() -> !node.isFollowing());
    assertThat(revokes(node, "alice", NOON)).as("goes by what it knows").isFalse();
  }

  @Test
  void whatCouldNotBeToldHoldsHereAndIsToldLater() throws Exception {
    SharedRevocations one = node();
    SharedRevocations other = node();
    log.isDown(true);
    assertThat(one.remember(List.of(subject("alice")), NOON)).isCompletedExceptionally();
    assertThat(revokes(one, "alice", NOON)).isTrue();
    assertThat(revokes(other, "alice", NOON)).isFalse();
    log.isDown(false);
    assertSoon(() -> revokes(other, "alice", NOON));
  }

  @Test
  void aLogThatWasLostIsWrittenAnewByThoseWhoRemember() throws Exception {
    SharedRevocations one = node();
    SharedRevocations other = node();
    IntStream.range(0, 20).forEach(i -> revoke(one, "u" + i, NOON.plusSeconds(i)));
    assertSoon(() -> revokes(other, "u19", NOON));
    log.loses();
    assertSoon(() -> log.texts().size() >= 20);
    SharedRevocations later = node();
    for (int i = 0; i < 20; i++) {
      assertThat(revokes(later, "u" + i, NOON.plusSeconds(i))).isTrue();
      assertThat(revokes(later, "u" + i, NOON.plusSeconds(i + 1))).isFalse();
    }
  }

  @Test
  void aFullLogGetsALineForTheOldest() throws Exception {
    SharedRevocations one = node();
    for (int i = 0; i < 3 * MOST; i++) {
      revoke(one, "u" + i, NOON.plusSeconds(i));
    }
    assertSoon(() -> log.texts().size() <= MOST + MOST / 10);
    SharedRevocations later = node();
    for (int i = 0; i < 3 * MOST; i++) {
      assertThat(revokes(later, "u" + i, NOON.plusSeconds(i))).isTrue();
    }
    assertThat(revokes(later, "nobody", NOON)).as("more than was revoked").isTrue();
    assertThat(revokes(later, "nobody", NOON.plusSeconds(3 * MOST - 1))).isFalse();
    assertThat(later.revokes("https://other", List.of(), NOON).join()).isFalse();
  }

  @Test
  void aCrashBeforeTheTrimLeavesMoreAndNotLess() throws Exception {
    SharedRevocations one = node();
    log.trimFails(true);
    for (int i = 0; i <= MOST + 10; i++) {
      revoke(one, "u" + i, NOON.plusSeconds(i));
    }
    assertSoon(() -> log.texts().stream().anyMatch(text -> text.startsWith("line ")));
    SharedRevocations later = node();
    assertThat(revokes(later, "u0", NOON)).isTrue();
    assertThat(revokes(later, "u" + MOST, NOON.plusSeconds(MOST))).isTrue();
  }

  /** Whatever it means, it may revoke anything from before it. */
  @Test
  void anEntryThatNobodyUnderstandsRevokesAllFromBeforeIt() throws Exception {
    SharedRevocations node = node();
    log.append(List.of("mark OF_TOMORROW 1 x y")).join(); // at 1 ms
    assertSoon(() -> revokes(node, "alice", Instant.ofEpochMilli(1)));
    assertThat(revokes(node, "alice", Instant.ofEpochMilli(2))).isFalse();
    assertThat(node.revokes("https://other", List.of(), Instant.EPOCH).join()).isTrue();
  }

  @Test
  void whatIsTrimmedAndToldAgainLaterNeedsNoLine() {
    SharedLog.Entry alice = new SharedLog.Entry("1", 1, record("alice", 5));
    SharedLog.Entry bob = new SharedLog.Entry("2", 2, record("bob", 7));
    SharedLog.Entry again = new SharedLog.Entry("3", 3, record("alice", 5));
    SharedLog.Entry earlier = new SharedLog.Entry("3", 3, record("alice", 4));
    assertThat(LogTrim.lines(List.of(alice), List.of(bob, again))).isEmpty();
    assertThat(LogTrim.lines(List.of(alice), List.of(bob, earlier)))
        .containsExactly(LogRecord.line(ISSUER, 5).text());
    assertThat(LogTrim.lines(List.of(alice, bob), List.of(again)))
        .containsExactly(LogRecord.line(ISSUER, 7).text());
  }

  private static String record(String subject, long upTo) {
    return LogRecord.of(DigestedMark.of(subject(subject)), upTo).text();
  }
}
