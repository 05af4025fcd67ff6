package dev.holdfast.redis;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says once that Redis cannot be asked, and once that it can be asked again. */
final class OutageLog {
  private static final Pattern ERROR_CODE = Pattern.compile("^(?:ERR |)([A-Z]{2,20})\\b");
  private static final int MAX_CAUSES = 8;

  private final System.Logger logger = System.getLogger("dev.holdfast.redis");
  private final String where;
  private final AtomicBoolean failing = new AtomicBoolean();

  /**
   * A log of this Redis.
   *
   * @param where its address, without user and password
   */
  OutageLog(String where) {
    this.where = where;
  }

  void fails(String reason) {
    if (failing.compareAndSet(false, true)) {
      String text = "replay guard: " + where + " cannot be asked (" + reason + ");";
      logger.log(Level.WARNING, text + " requests with DPoP proofs are refused with 503");
    }
  }

  void works() {
    if (failing.get() && failing.compareAndSet(true, false)) {
      logger.log(Level.INFO, "replay guard: " + where + " answers again");
    }
  }

  /** The kind of the failure and Redis's own code for it: no text of the other side. */
  static String reason(@Nullable Throwable failure) {
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
