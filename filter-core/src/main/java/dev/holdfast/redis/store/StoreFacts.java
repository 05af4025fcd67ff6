package dev.holdfast.redis.store;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Redis says about itself in its answer to {@code INFO}, as far as the guard depends on it.
 *
 * @param unfit why it cannot keep records, or null when it can
 * @param identity which process and which history of writes it is
 * @param upMillis for how long it has been up; 0 where it does not say
 * @param evicted how many records it has dropped for want of memory
 * @param promoted whether it was a replica of another one before
 * @param replica whether it is one now
 * @param ofCluster whether it is a node of a cluster, and has some of the keys only
 */
public record StoreFacts(
    @Nullable String unfit,
    String identity,
    long upMillis,
    long evicted,
    boolean promoted,
    boolean replica,
    boolean ofCluster) {
  private static final String SAFE_POLICY = "noeviction";
  private static final Pattern POLICY = Pattern.compile("[a-z-]{1,30}");
  private static final Pattern ROLE = Pattern.compile("master|slave");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
  private static final Pattern NO_ID = Pattern.compile("0*");

  /** What stands in that answer. */
  public static StoreFacts of(String info) {
    Map<String, String> fields = fields(info);
    long seconds = number(fields.getOrDefault("uptime_in_seconds", "0"));
    return new StoreFacts(
        unfit(fields),
        fields.getOrDefault("run_id", "") + " " + fields.getOrDefault("master_replid", ""),
        Math.max(0, seconds) * 1000,
        number(fields.getOrDefault("evicted_keys", "")),
        !NO_ID.matcher(fields.getOrDefault("master_replid2", "")).matches(),
        "slave".equals(fields.get("role")),
        "1".equals(fields.get("cluster_enabled")));
  }

  /** One to which {@code INFO} is forbidden, or no such command. */
  public static StoreFacts unknown(String reason) {
    return unfit(
        "it does not tell whether it drops records (INFO: " + reason + "); allow INFO to the user");
  }

  /** One that cannot be used, for that reason. */
  public static StoreFacts unfit(String reason) {
    return new StoreFacts(reason, "", 0, 0, false, false, false);
  }

  private static @Nullable String unfit(Map<String, String> fields) {
    String policy = fields.getOrDefault("maxmemory_policy", "");
    long limit = number(fields.getOrDefault("maxmemory", ""));
    boolean known =
        POLICY.matcher(policy).matches()
            && limit >= 0
            && number(fields.getOrDefault("evicted_keys", "")) >= 0
            && !fields.getOrDefault("run_id", "").isEmpty()
            && ROLE.matcher(fields.getOrDefault("role", "")).matches();
    if (!known) {
      return "it does not tell whether it drops records (INFO lacks maxmemory, maxmemory_policy,"
          + " evicted_keys, run_id or role)";
    }
    // without a limit nothing is ever dropped, whatever the policy
    return policy.equals(SAFE_POLICY) || limit == 0
        ? null
        : "its maxmemory-policy is "
            + policy
            + ", which drops records of what was spent or revoked, so that it could be used again;"
            + " set it to "
            + SAFE_POLICY;
  }

  private static Map<String, String> fields(String info) {
    Map<String, String> fields = new HashMap<>();
    info.lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
              }
            });
    return fields;
  }

  private static long number(String text) {
    return NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
  }
}
