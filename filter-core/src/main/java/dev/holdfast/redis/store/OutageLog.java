package dev.holdfast.redis.store;

import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says once that Redis cannot be asked, and once that it can be asked again; an outage that comes
 * and goes is said once a minute.
 */
public final class OutageLog {
  private static final Pattern ERROR_CODE = Pattern.compile("^(?:ERR |)([A-Z]{2,20})\\b");
  private static final int MAX_CAUSES = 8;
  private static final long SILENCE_NANOS = Duration.ofMinutes(1).toNanos();

  private final System.Logger logger = ApplicationLog.named("dev.holdfast.redis");
  private final String where;
  private final LongSupplier nanoTime;
  private final AtomicBoolean said = new AtomicBoolean();
  private final AtomicLong next;

  /**
   * A log of this Redis.
   *
   * @param where its address, without user and password
   */
  public OutageLog(String where) {
    this(where, System::nanoTime);
  }

  /** With another steady clock. */
  public OutageLog(String where, LongSupplier nanoTime) {
    this.where = where;
    this.nanoTime = nanoTime;
    this.next = new AtomicLong(nanoTime.getAsLong());
  }

  /** It cannot be asked, for that reason. */
  public void fails(String reason) {
    if (said.get()) {
      return;
    }
    long due = next.get();
    long now = nanoTime.getAsLong();
    if (now - due >= 0 && next.compareAndSet(due, now + SILENCE_NANOS)) {
      said.set(true);
      String text = "replay guard: " + where + " cannot be asked (" + reason + ");";
      logger.log(Level.WARNING, text + " requests with one-time proofs are refused with 503");
    }
  }

  /** It answered. */
  public void works() {
    if (said.get() && said.compareAndSet(true, false)) {
      logger.log(Level.INFO, "replay guard: " + where + " answers again");
    }
  }

  /** The kind of the failure and Redis's own code for it: no text of the other side. */
  public static String reason(@Nullable Throwable failure) {
    Throwable root = failure;
    for (int i = 0; root != null && root.getCause() != null && i < MAX_CAUSES; i++) {
      root = root.getCause();
    }
    if (root == null) {
      return "unknown";
    }
    String message = root.getMessage() == null ? "" : root.getMessage();
    Matcher code = ERROR_CODE.matcher(message);
    String kind = root.getClass().getSimpleName();
    return code.find() ? kind + ", " + code.group(1) : kind;
  }
}
