package dev.holdfast.configuration.assembly;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RedisSettings;
import dev.holdfast.events.CachedTokens;
import dev.holdfast.events.shared.SharedLog;
import dev.holdfast.events.shared.SharedRevocations;
import dev.holdfast.redis.LettuceMissingException;
import dev.holdfast.redis.RedisStream;
import dev.holdfast.redis.RedisStreams;
import dev.holdfast.redis.address.RedisAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Shares revocations through a stream in Redis. */
final class RevocationSharing {
  private static final String STORE = "holdfast.events.store";

  /** For Redis to be read at the start; if it is down, the start goes on, and tokens get 503. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

  private RevocationSharing() {}

  /** The key of the stream. */
  static String key(RedisSettings redis) {
    return redis.prefix() + ":revocations";
  }

  static SharedRevocations of(RedisSettings redis, Clock clock) {
    RedisAddress address = RedisAssembly.address(redis);
    try {
      return new SharedRevocations(
          new StreamLog(
              RedisStreams.connect(
                  address, RedisAssembly.options(redis, address), key(redis), clock)));
    } catch (LettuceMissingException missing) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              STORE,
              "revocations are shared through Redis, and " + missing.getMessage(),
              "Add the dependency io.lettuce:lettuce-core, or set it to local");
      invalid.initCause(missing);
      throw invalid;
    }
  }

  /**
   * Begins to read.
   *
   * @throws InvalidSettingException when Redis is there, and cannot be used for this
   */
  static void start(SharedRevocations shared, CachedTokens cached, HoldfastSettings settings) {
    String unfit = shared.start(cached, FIRST_LOOK);
    if (unfit != null) {
      throw new InvalidSettingException(
          STORE,
          "revocations are shared through Redis, and "
              + RedisAssembly.address(settings.redis())
              + " cannot keep them: "
              + unfit,
          "Give Holdfast a Redis with maxmemory-policy noeviction in which its user may call INFO,"
              + " and XADD, XRANGE, XREAD and XTRIM on "
              + key(settings.redis())
              + ", or set it to local");
    }
  }

  /** The stream as a log. */
  private record StreamLog(RedisStream stream) implements SharedLog {
    @Override
    public Reading begin() {
      RedisStream.Reading reading = stream.begin();
      return patience -> reading.next(patience).stream().map(StreamLog::entry).toList();
    }

    private static Entry entry(RedisStream.Entry entry) {
      return new Entry(entry.id(), Long.parseLong(entry.id().split("-", 2)[0]), entry.text());
    }

    @Override
    public CompletableFuture<Void> append(List<String> texts) {
      return stream.append(texts);
    }

    @Override
    public CompletableFuture<Void> trim(String firstKept) {
      return stream.trim(firstKept);
    }

    @Override
    public @Nullable String unfit(Duration patience) {
      return stream.unfit(patience);
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}
