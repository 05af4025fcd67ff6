package dev.holdfast.spring.boot.issuers;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The properties that were written, where an issuer is Boot's: an error text names them, and not an
 * entry of {@code holdfast.tokens.issuers} that nobody wrote.
 */
public final class WrittenNames {
  private static final String PLAIN_HTTP = "allow-plain-http";

  private final Map<String, String> written = new LinkedHashMap<>();

  static String own(int index) {
    return "holdfast.tokens.issuers[" + index + "].";
  }

  /**
   * Remembers an entry that is made of Boot's properties, in whole or in part.
   *
   * @param own what the application's own entry says under its own name
   */
  public void add(int index, Map<String, String> names, Set<String> own) {
    names.forEach(
        (member, name) -> {
          if (!own.contains(member)) {
            written.put(own(index) + member, name);
          }
        });
  }

  /** Remembers a property that stands for one of ours. */
  public void add(String ours, @Nullable String name) {
    if (name != null) {
      written.put(ours, name);
    }
  }

  /** The same complaint with the names that were written. */
  public InvalidSettingException in(InvalidSettingException complaint) {
    String setting = named(complaint.setting());
    if (setting.equals(complaint.setting())) {
      return complaint;
    }
    String text = String.valueOf(complaint.getMessage());
    String problem =
        text.substring(
            complaint.setting().length() + 2, text.length() - complaint.action().length() - 3);
    InvalidSettingException renamed =
        new InvalidSettingException(setting, named(problem), action(complaint.action()));
    renamed.initCause(complaint.getCause());
    return renamed;
  }

  /** An entry of Boot's has no such member: it needs one of ours beside it. */
  private static String action(String action) {
    return action.contains(PLAIN_HTTP)
        ? action + "; name the same address in that entry, which is then one with Boot's"
        : action;
  }

  private String named(String text) {
    String named = text;
    for (Map.Entry<String, String> name : written.entrySet()) {
      named = named.replace(name.getKey(), name.getValue());
    }
    return named;
  }
}
