package dev.holdfast;

import dev.holdfast.PresentedToken.Scheme;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of this process, read once. */
final class RegisteredMethods {
  /** What HTTP and every API have already. */
  private static final Set<String> TAKEN =
      Set.of(
          "scheme bearer",
          "scheme basic",
          "field authorization",
          "field cookie",
          "field www-authenticate");

  static final List<ConfirmationMethod> ALL =
      with(
          ServiceLoader.load(
              ConfirmationMethodProvider.class, ConfirmationMethod.class.getClassLoader()));

  /** {@code Bearer}, and what methods have of their own. */
  static final Scheme[] SCHEMES = schemes();

  private RegisteredMethods() {}

  /**
   * The constants, and what these bring.
   *
   * @throws IllegalStateException when two methods claim the same name, member, scheme or field
   */
  static List<ConfirmationMethod> with(Iterable<ConfirmationMethodProvider> providers) {
    List<ConfirmationMethod> all = new ArrayList<>(ConfirmationMethod.CONSTANTS);
    for (ConfirmationMethodProvider provider : providers) {
      @Nullable ConfirmationMethod method = provider.method();
      if (method == null) {
        throw new IllegalStateException(provider.getClass().getName() + " brings no method");
      }
      all.add(method);
    }
    requireDistinct(all);
    return List.copyOf(all);
  }

  private static void requireDistinct(List<ConfirmationMethod> all) {
    Set<String> claimed = new HashSet<>(TAKEN);
    for (ConfirmationMethod method : all) {
      claim(claimed, method, "name " + method.propertyName());
      method.members().forEach(member -> claim(claimed, method, "member " + member.name()));
      if (method.hasOwnScheme()) {
        claim(claimed, method, "scheme " + lowerCase(method.scheme().text()));
      }
      method.requestHeaders().forEach(name -> claim(claimed, method, "field " + lowerCase(name)));
      method.responseHeaders().forEach(name -> claim(claimed, method, "field " + lowerCase(name)));
    }
  }

  private static void claim(Set<String> claimed, ConfirmationMethod method, String what) {
    if (!claimed.add(what)) {
      throw new IllegalStateException(
          "the confirmation method "
              + method.propertyName()
              + " claims the "
              + what
              + ", which is taken: remove its provider, or one of the two");
    }
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Scheme[] schemes() {
    List<Scheme> schemes = new ArrayList<>(List.of(Scheme.BEARER));
    ALL.stream()
        .filter(ConfirmationMethod::hasOwnScheme)
        .map(ConfirmationMethod::scheme)
        .forEach(schemes::add);
    return schemes.toArray(Scheme[]::new);
  }
}
