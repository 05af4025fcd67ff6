package dev.holdfast.http;

import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Refusal;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** One value of {@code WWW-Authenticate}: its constant texts, whatever the cause. */
final class ChallengeText {
  private ChallengeText() {}

  /**
   * The challenge of this scheme.
   *
   * @param refusal whose error it carries, if that has one; null to say what is taken here
   * @param parameters what stands behind the error; may be empty
   */
  static String of(Scheme scheme, @Nullable Refusal refusal, String parameters) {
    StringJoiner text =
        new StringJoiner(", ", scheme.text() + " ", "").setEmptyValue(scheme.text());
    if (refusal != null && refusal.error() != null) {
      text.add("error=\"" + refusal.error() + '"');
      text.add("error_description=\"" + refusal.description() + '"');
    }
    if (!parameters.isEmpty()) {
      text.add(parameters);
    }
    return text.toString();
  }
}
