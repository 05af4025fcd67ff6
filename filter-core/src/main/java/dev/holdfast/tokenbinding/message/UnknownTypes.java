package dev.holdfast.tokenbinding.message;

import java.util.Optional;

/** What is made of bindings of an unknown type. They never establish anything. */
public enum UnknownTypes {
  /** Read over, as RFC 8471 section 3.1 says; the default. */
  SKIP("skip"),
  /** A bad signature of a key whose kind is known refuses the message (RFC 8471 section 4.2). */
  VERIFY("verify");

  private final String propertyName;

  UnknownTypes(String propertyName) {
    this.propertyName = propertyName;
  }

  /** The name used in configuration. */
  public String propertyName() {
    return propertyName;
  }

  /** The choice that configuration names so. */
  public static Optional<UnknownTypes> ofPropertyName(String name) {
    for (UnknownTypes choice : values()) {
      if (choice.propertyName.equals(name)) {
        return Optional.of(choice);
      }
    }
    return Optional.empty();
  }
}
