package dev.holdfast.dpop;

import dev.holdfast.internal.Base64Url;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Nonces that the service hands out and demands back (RFC 9449 sections 8 and 9). They are kept
 * nowhere: a nonce is its issue time and a keyed digest of it, so it is good on every node that has
 * the secret.
 *
 * <p>Time is cut into periods of half a nonce's lifetime, and each has one nonce: it is handed out
 * in its own period and accepted in this and the next one. Whoever uses it in the next one is
 * handed the current one, on successes too, before the old one ends. Safe for use by many threads.
 */
public final class DpopNonces {
  private static final String HEADER = "DPoP-Nonce";
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] LABEL = "holdfast dpop nonce 1".getBytes(StandardCharsets.US_ASCII);
  private static final int MIN_SECRET_BYTES = 32;
  private static final int DIGEST_BYTES = 16;

  private final Clock clock;
  private final @Nullable SecretKeySpec secret;
  private final long period;
  private final long skew;
  private final long proofSkew;
  private volatile @Nullable Periods known;

  private DpopNonces(
      Clock clock, @Nullable SecretKeySpec secret, long period, long skew, long proofSkew) {
    this.clock = clock;
    this.secret = secret;
    this.period = period;
    this.skew = skew;
    this.proofSkew = proofSkew;
  }

  /** Nonces that are neither demanded nor handed out. */
  public static DpopNonces never() {
    return new DpopNonces(Clock.systemUTC(), null, 1, 0, 0);
  }

  /**
   * Nonces that every proof needs.
   *
   * @param secret at least 32 bytes, the same on every node
   * @param lifetime how long a nonce is good at most, at least two seconds; at least half of it is
   *     left to whoever is handed one
   * @param skew by how much the nodes' clocks may differ
   */
  public static DpopNonces always(byte[] secret, Duration lifetime, Duration skew, Clock clock) {
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException("a nonce secret has at least 32 bytes");
    }
    if (lifetime.toSeconds() < 2) {
      throw new IllegalArgumentException("a nonce lives for two seconds at least");
    }
    return new DpopNonces(
        clock, new SecretKeySpec(secret, ALGORITHM), lifetime.toSeconds() / 2, skew.toSeconds(), 0);
  }

  /**
   * These nonces for clients whose clocks are further off. A current nonce tells when the proof was
   * made, so that its {@code iat} may differ by more where it carries one (RFC 9449 section 4.3,
   * number 11).
   *
   * @param skew by how much {@code iat} of a proof with a current nonce may differ from the clock,
   *     either way
   */
  public DpopNonces withProofClockSkew(Duration skew) {
    return new DpopNonces(clock, secret, period, this.skew, skew.toSeconds());
  }

  /** By how many seconds {@code iat} may differ where the nonce is current; zero: no more. */
  long proofClockSkew() {
    return secret == null ? 0 : proofSkew;
  }

  /** A secret for nonces that only this process has to know again. */
  public static byte[] randomSecret(SecureRandom random) {
    byte[] secret = new byte[MIN_SECRET_BYTES];
    random.nextBytes(secret);
    return secret;
  }

  /** Whether the proof may count as far as its nonce goes. */
  boolean accept(@Nullable String nonce) {
    if (secret == null) {
      return true;
    }
    if (nonce == null) {
      return false;
    }
    byte[] shown = nonce.getBytes(StandardCharsets.UTF_8);
    Periods periods = periods();
    return MessageDigest.isEqual(shown, periods.current)
        || MessageDigest.isEqual(shown, periods.previous)
        || (MessageDigest.isEqual(shown, periods.next) && nextHasBegunElsewhere());
  }

  /** What to hand out to a caller that showed this nonce: the current one, unless it was that. */
  Map<String, String> offerTo(@Nullable String nonce) {
    if (secret == null) {
      return Map.of();
    }
    Periods periods = periods();
    return periods.text.equals(nonce) ? Map.of() : periods.header;
  }

  private boolean nextHasBegunElsewhere() {
    long now = clock.instant().getEpochSecond();
    return Math.floorDiv(now + skew, period) > Math.floorDiv(now, period);
  }

  private Periods periods() {
    long number = Math.floorDiv(clock.instant().getEpochSecond(), period);
    Periods periods = known;
    if (periods == null || periods.number != number) {
      periods = new Periods(number); // a race makes the same ones twice
      known = periods;
    }
    return periods;
  }

  /** The nonces that matter in one period. */
  private final class Periods {
    private final long number;
    private final byte[] previous;
    private final byte[] current;
    private final byte[] next;
    private final String text;
    private final Map<String, String> header;

    Periods(long number) {
      this.number = number;
      this.previous = nonceOf(number - 1);
      this.current = nonceOf(number);
      this.next = nonceOf(number + 1);
      this.text = new String(current, StandardCharsets.US_ASCII);
      this.header = Map.of(HEADER, text);
    }
  }

  private byte[] nonceOf(long number) {
    byte[] issued = ByteBuffer.allocate(Long.BYTES).putLong(number * period).array();
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(LABEL);
      byte[] digest = mac.doFinal(issued);
      byte[] nonce =
          ByteBuffer.allocate(Long.BYTES + DIGEST_BYTES)
              .put(issued)
              .put(digest, 0, DIGEST_BYTES)
              .array();
      return Base64Url.encode(nonce).getBytes(StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  /** Nothing of the secret, and no nonce. */
  @Override
  public String toString() {
    return "DpopNonces[" + (secret == null ? "never" : "always") + "]";
  }
}
