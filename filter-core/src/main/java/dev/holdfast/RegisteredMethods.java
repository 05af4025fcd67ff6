package dev.holdfast;

import dev.holdfast.PresentedToken.Scheme;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of this process, read once. Where they cannot be read, whoever asks is told why. */
final class RegisteredMethods {
  /** What HTTP and every API have already. */
  private static final Set<String> TAKEN =
      Set.of(
          "scheme bearer",
          "scheme basic",
          "field authorization",
          "field cookie",
          "field www-authenticate");

  private static final RegisteredMethods OF_THIS_PROCESS =
      read(
          ServiceLoader.load(
              ConfirmationMethodProvider.class, ConfirmationMethod.class.getClassLoader()));

  private final List<ConfirmationMethod> methods;
  private final Scheme[] schemes;
  private final @Nullable IllegalStateException problem;

  private RegisteredMethods(
      List<ConfirmationMethod> methods, @Nullable IllegalStateException problem) {
    this.methods = List.copyOf(methods);
    this.schemes =
        methods.stream().map(ConfirmationMethod::scheme).distinct().toArray(Scheme[]::new);
    this.problem = problem;
  }

  static RegisteredMethods ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /** The constants, and what these bring. */
  static RegisteredMethods read(Iterable<ConfirmationMethodProvider> providers) {
    try {
      List<ConfirmationMethod> all = new ArrayList<>(ConfirmationMethod.ofHoldfast());
      for (ConfirmationMethodProvider provider : providers) {
        @Nullable ConfirmationMethod method = provider.method();
        if (method == null) {
          throw new IllegalStateException(provider.getClass().getName() + " brings no method");
        }
        all.add(method);
      }
      requireDistinct(all);
      return new RegisteredMethods(all, null);
    } catch (RuntimeException | ServiceConfigurationError | LinkageError broken) {
      return new RegisteredMethods(
          List.of(),
          new IllegalStateException(
              "a provider in META-INF/services/"
                  + ConfirmationMethodProvider.class.getName()
                  + " cannot be used, mend or remove it: "
                  + broken.getMessage(),
              broken));
    }
  }

  /**
   * All of them, in this order.
   *
   * @throws IllegalStateException when a provider cannot be used
   */
  List<ConfirmationMethod> methods() {
    requireRead();
    return methods;
  }

  /**
   * {@code Bearer}, and what methods have of their own.
   *
   * @throws IllegalStateException when a provider cannot be used
   */
  @Nullable Scheme startOf(String field) {
    requireRead();
    for (Scheme scheme : schemes) {
      if (scheme.begins(field)) {
        return scheme;
      }
    }
    return null;
  }

  private void requireRead() {
    if (problem != null) {
      throw new IllegalStateException(problem.getMessage(), problem.getCause());
    }
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
              + ", which is taken");
    }
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
