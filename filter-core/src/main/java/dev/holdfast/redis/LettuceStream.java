package dev.holdfast.redis;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisOptions;
import dev.holdfast.redis.store.OutageLog;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.XTrimArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A stream by Lettuce. */
final class LettuceStream implements RedisStream {
  private static final String FIELD = "r";
  private static final int PAGE = 1_000;

  /** What no later try changes. */
  private static final Set<String> FOR_GOOD = Set.of("NOPERM", "WRONGTYPE", "ERR");

  private final LettuceClient client;
  private final Places writing;
  private final Places reading;
  private final String key;
  private final RedisOptions options;
  private volatile @Nullable String refusal;

  private LettuceStream(
      LettuceClient client, Places writing, Places reading, String key, RedisOptions options) {
    this.client = client;
    this.writing = writing;
    this.reading = reading;
    this.key = key;
    this.options = options;
  }

  static LettuceStream open(RedisAddress address, RedisOptions options, String key, Clock clock) {
    LettuceClient client = LettuceClient.of(address, options);
    return new LettuceStream(
        client,
        Discovery.of(client, address, Duration.ZERO, clock),
        Discovery.of(client, address, Duration.ZERO, clock),
        key,
        options);
  }

  @Override
  public CompletableFuture<Void> append(List<String> texts) {
    return write(
        commands ->
            CompletableFuture.allOf(
                texts.stream()
                    .map(text -> commands.xadd(key, Map.of(FIELD, text)).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new)));
  }

  @Override
  public CompletableFuture<Void> trim(String firstKept) {
    return write(
        commands ->
            commands
                .xtrim(key, XTrimArgs.Builder.minId(firstKept).exactTrimming())
                .thenAccept(count -> {}));
  }

  private CompletableFuture<Void> write(
      Function<RedisAsyncCommands<String, String>, CompletionStage<Void>> commands) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    client.after(
        options.deadline().toNanos(),
        () -> {
          if (!result.isDone()) {
            result.completeExceptionally(unavailable("no answer in time", null));
          }
        });
    CompletableFuture<?> unused =
        writing
            .session(key)
            .thenCompose(session -> write(session, commands))
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    result.complete(null);
                  } else {
                    result.completeExceptionally(unavailable(failure));
                  }
                });
    return result;
  }

  private CompletionStage<Void> write(
      Session session,
      Function<RedisAsyncCommands<String, String>, CompletionStage<Void>> commands) {
    session.lookIfDue();
    requireFit(session);
    long now = System.nanoTime();
    CompletionStage<Void> answers = commands.apply(session.commands());
    client.after(options.deadline().toNanos(), () -> session.closeIfSilentSince(now));
    return answers.whenComplete(
        (done, failure) -> {
          if (failure == null) {
            session.hasAnswered();
            requireFit(session);
          } else {
            writing.refused(session, cause(failure));
          }
        });
  }

  private static void requireFit(Session session) {
    String unfit = session.unfit();
    if (unfit != null) {
      throw unavailable(unfit, null);
    }
  }

  @Override
  public Reading begin() {
    Session session = await(reading.session(key), options.connectLimit().multipliedBy(2));
    requireFit(session);
    return new LettuceReading(session);
  }

  /** Over one connection, from the first entry on. */
  private final class LettuceReading implements Reading {
    private final Session session;
    private @Nullable String last;

    LettuceReading(Session session) {
      this.session = session;
    }

    @Override
    public List<Entry> next(Duration patience) {
      if (!session.isOpen()) {
        throw unavailable("the connection has ended", null);
      }
      session.lookIfDue();
      if (patience.toMillis() > 0) {
        awaitAnother(patience);
      }
      return news();
    }

    /** Its answer only tells that there is one. */
    @SuppressWarnings("unchecked") // an array of one
    private void awaitAnother(Duration patience) {
      Object unused =
          answer(
              session
                  .commands()
                  .xread(
                      XReadArgs.Builder.block(patience).count(1),
                      StreamOffset.from(key, last == null ? "0-0" : last)),
              patience.plus(options.deadline()));
    }

    /** Begins with the last one that was read, so that it is seen whether it is still there. */
    private List<Entry> news() {
      Range<String> range =
          last == null
              ? Range.unbounded()
              : Range.from(Range.Boundary.including(last), Range.Boundary.unbounded());
      List<Entry> page =
          answer(
                  session.commands().xrange(key, range, Limit.from(PAGE)),
                  options.deadline().plus(options.connectLimit()))
              .stream()
              .map(LettuceStream::entry)
              .toList();
      if (last != null) {
        if (page.isEmpty() || !page.get(0).id().equals(last)) {
          throw unavailable("the stream has lost entries", null);
        }
        page = page.subList(1, page.size());
      }
      if (!page.isEmpty()) {
        last = page.get(page.size() - 1).id();
      }
      return page;
    }

    private <T> T answer(CompletionStage<T> command, Duration patience) {
      try {
        T answer = await(command.toCompletableFuture(), patience);
        session.hasAnswered();
        refusal = null;
        return answer;
      } catch (IssuerUnavailableException failure) {
        if (failure.getCause() instanceof RedisCommandExecutionException refused) {
          String code = Session.code(refused);
          refusal = FOR_GOOD.contains(code) ? "it refuses a command of streams: " + code : null;
          reading.refused(session, refused);
        } else {
          session.close(); // nobody knows what it would answer next
        }
        throw failure;
      }
    }
  }

  private static Entry entry(StreamMessage<String, String> message) {
    Map<String, String> body = message.getBody();
    String text = body == null || body.size() != 1 ? null : body.get(FIELD);
    return new Entry(message.getId(), text == null ? "" : text);
  }

  private static <T> T await(CompletableFuture<T> result, Duration patience) {
    try {
      return result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw unavailable("no answer in time", late);
    } catch (ExecutionException failed) {
      throw unavailable(failed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", e);
    }
  }

  private static Throwable cause(Throwable failure) {
    return (failure instanceof CompletionException || failure instanceof ExecutionException)
            && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static IssuerUnavailableException unavailable(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof IssuerUnavailableException known
        ? known
        : unavailable(OutageLog.reason(cause), cause);
  }

  private static IssuerUnavailableException unavailable(
      String reason, @Nullable Throwable failure) {
    return new IssuerUnavailableException("the revocations in Redis: " + reason, failure);
  }

  @Override
  public @Nullable String unfit(Duration patience) {
    String unfit = patience.isZero() ? null : writing.unfit(patience);
    return unfit == null ? refusal : unfit;
  }

  @Override
  public void close() {
    writing.close();
    reading.close();
    client.close();
  }
}
