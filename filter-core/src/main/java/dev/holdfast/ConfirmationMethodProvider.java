package dev.holdfast;

/**
 * Brings a {@link ConfirmationMethod} that Holdfast has not. Name the class in {@code
 * META-INF/services/dev.holdfast.ConfirmationMethodProvider}, beside Holdfast's own jar: it is
 * found by the class loader that Holdfast has.
 *
 * <p>A provider that cannot be loaded, or whose method clashes with another one, stops the start.
 */
@FunctionalInterface
public interface ConfirmationMethodProvider {

  /** The method; the same instance each time. */
  ConfirmationMethod method();
}
