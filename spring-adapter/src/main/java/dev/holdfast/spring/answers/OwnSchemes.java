package dev.holdfast.spring.answers;

import dev.holdfast.ConfirmationMethod;
import java.util.List;
import java.util.stream.Collectors;

/** The schemes that methods have beside {@code Bearer}: their keys need no certificate. */
public final class OwnSchemes {
  /** As they are written in {@code Authorization}. */
  static final List<String> ALL =
      ConfirmationMethod.all().stream()
          .filter(ConfirmationMethod::hasOwnScheme)
          .map(method -> method.scheme().text())
          .toList();

  /** For a sentence: {@code DPoP}, for example. */
  public static final String NAMES = ALL.stream().collect(Collectors.joining(" or "));

  private OwnSchemes() {}
}
