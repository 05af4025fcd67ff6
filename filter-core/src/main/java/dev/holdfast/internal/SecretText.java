package dev.holdfast.internal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises a text that was meant to become a secret and never did: everybody can guess it. */
public final class SecretText {
  /**
   * The whole text in a spelling of Spring or Maven, of Maven's resource filter, of a POSIX shell,
   * of Windows, or of Helm and Ansible.
   */
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "[$#]\\{.*}|@[^@]+@|\\$\\(?[A-Za-z_]\\w*\\)?|%[A-Za-z_]\\w*%|\\{\\{.*}}", Pattern.DOTALL);

  private SecretText() {}

  /** What is wrong with it, without the text itself; null: nothing that can be seen. */
  public static @Nullable String problem(String text) {
    if (PLACEHOLDER.matcher(text.trim()).matches()) {
      return "it looks like a placeholder that nobody replaced by a value";
    }
    if (text.codePoints().distinct().count() <= 1) {
      return "it repeats one character, so that anybody can guess it";
    }
    return null;
  }
}
