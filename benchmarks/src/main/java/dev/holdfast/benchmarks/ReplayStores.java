package dev.holdfast.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPIssuer;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DefaultDPoPSingleUseChecker;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.util.singleuse.AlreadyUsedException;
import dev.holdfast.ReplayGuard;
import dev.holdfast.ReplayGuard.Outcome;
import dev.holdfast.Sha256Digest;
import dev.holdfast.dpop.replay.LocalReplayGuard;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.springframework.security.oauth2.jwt.DPoPProofReplayValidator.CacheValue;
import org.springframework.security.oauth2.jwt.DPoPProofReplayValidator.InMemoryCache;

/** The stores that remember spent proofs, ours and others'. */
public enum ReplayStores {
  /** {@link LocalReplayGuard}, with room for a quarter more than it holds. */
  HOLDFAST {
    @Override
    Side empty(int live) {
      MovingClock clock = new MovingClock(WINDOW, live);
      ReplayGuard guard =
          new LocalReplayGuard(live + live / 4, Duration.ofSeconds(80), clock, new SecureRandom());
      return number -> guard.spend(digest(number), clock.next());
    }
  },
  /** Caffeine with an end for all entries, keyed by the digest. */
  CAFFEINE {
    @Override
    Side empty(int live) {
      MovingClock clock = new MovingClock(WINDOW, live);
      Cache<Sha256Digest, Boolean> cache =
          Caffeine.newBuilder()
              .maximumSize(live + live / 4)
              .executor(Runnable::run)
              .ticker(clock::nanos)
              .expireAfterWrite(WINDOW)
              .build();
      return number -> {
        clock.next();
        return outcome(cache.asMap().putIfAbsent(digest(number), Boolean.TRUE) == null);
      };
    }
  },
  /** Spring Security's own store, without its bounds: by default it stops at 100,000. */
  SPRING {
    @Override
    Side empty(int live) {
      InMemoryCache cache = new InMemoryCache();
      cache.setMaxSize(Integer.MAX_VALUE);
      cache.setMaxRequestsPerKey(Integer.MAX_VALUE);
      Instant end = Instant.now().plus(Duration.ofHours(1));
      return number -> {
        String key = digest(number).toBase64Url();
        CacheValue value = new CacheValue(end, end, "client " + (number & 1023));
        return outcome(cache.putIfAbsent(key, value) == null);
      };
    }
  },
  /** Nimbus's store, which has no bound and computes a digest of the identifier itself. */
  NIMBUS {
    @Override
    Side empty(int live) {
      DefaultDPoPSingleUseChecker checker = new DefaultDPoPSingleUseChecker(3600, 1);
      return new Side() {
        @Override
        public Outcome spend(long number) {
          try {
            checker.markAsUsed(
                Map.entry(
                    new DPoPIssuer("client " + (number & 1023)),
                    new JWTID(digest(number).toBase64Url())));
            return Outcome.FIRST;
          } catch (AlreadyUsedException e) {
            return Outcome.SPENT;
          }
        }

        @Override
        public void close() {
          checker.shutdown();
        }
      };
    }
  };

  private static final Duration WINDOW = Duration.ofSeconds(70);

  /** A store in use. */
  interface Side extends AutoCloseable {
    /** Spends the proof with this number. */
    Outcome spend(long number);

    @Override
    default void close() {}
  }

  /** Its name in the report. */
  String text() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  abstract Side empty(int live);

  /** A store that holds so many proofs. */
  Side filled(int live) {
    Side side = empty(live);
    for (long number = 0; number < live; number++) {
      side.spend(number);
    }
    return side;
  }

  /** What one proof takes on the heap. */
  double bytesPerEntry(int live) {
    long before = used();
    try (Side side = filled(live)) {
      double bytes = (double) (used() - before) / live;
      side.spend(live); // so that it is reachable until here
      return bytes;
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static Outcome outcome(boolean first) {
    return first ? Outcome.FIRST : Outcome.SPENT;
  }

  /** As good as a digest here, and computed at once: what is measured is the store. */
  private static Sha256Digest digest(long number) {
    byte[] bytes = new byte[32];
    ByteBuffer words = ByteBuffer.wrap(bytes);
    for (int i = 0; i < 4; i++) {
      words.putLong(scattered(4 * number + i));
    }
    return Sha256Digest.ofBytes(bytes, 0);
  }

  /** A permutation of the numbers of 64 bits: the finalizer of SplitMix64. */
  private static long scattered(long number) {
    long z = number * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
