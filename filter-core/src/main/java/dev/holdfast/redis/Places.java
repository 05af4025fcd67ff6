package dev.holdfast.redis;

import dev.holdfast.redis.store.OutageLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Which server takes which record: one takes all of them, or the nodes of a cluster share them. */
interface Places extends AutoCloseable {

  /** The connection for this key, or a try to make one, or the failure of the last try. */
  CompletableFuture<Session> session(String key);

  /** Redis has answered with an error. */
  void refused(Session session, Throwable failure);

  /** Whether a proof with that end may have been spent, and its record be gone. */
  boolean mayHaveForgotten(Session session, String key, long end);

  /** Where to say that there is no connection for this key. */
  OutageLog log(String key);

  /** Whether every record can be kept at this moment. */
  boolean isOpen();

  /** Why they cannot keep records; null when they can, or nobody can tell yet. */
  @Nullable String unfit(Duration patience);

  /** No connection is made any more; those that there are end with the client. */
  @Override
  void close();
}
