package dev.holdfast.spring.verification;

import dev.holdfast.spring.held.HiddenField;
import dev.holdfast.spring.held.SpringProxies;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Spring Security's own comparison of a certificate's thumbprint, in decoders that the application
 * made. Where Holdfast decides about the binding, that check must not decide first: {@code
 * report-only} would refuse, and a theft would look like an invalid token. Everywhere else it stays
 * as it is.
 *
 * <p>Nothing public leads from a chain to its decoders, and those of several tenants are made with
 * their first token. They are looked for when such a check has refused a token, from field to
 * field, in what Spring Security and the application made.
 */
final class ThumbprintChecks {
  private static final int MOST_OBJECTS = 5_000;

  private ThumbprintChecks() {}

  /**
   * Leaves the certificate to Holdfast in every decoder that is found, while Holdfast decides.
   *
   * @param root a chain's authentication managers
   * @return whether a decoder was found that had not been before
   */
  static boolean leaveToHoldfast(Object root) {
    boolean found = false;
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty() && seen.size() < MOST_OBJECTS) {
      Object next = SpringProxies.behindIfThere(open.pop());
      if (!seen.add(next)) {
        continue;
      }
      if (next instanceof NimbusJwtDecoder decoder) {
        found |= leaveToHoldfast(decoder);
      } else {
        follow(next, open);
      }
    }
    return found;
  }

  @SuppressWarnings("unchecked") // the field's own type argument
  private static boolean leaveToHoldfast(NimbusJwtDecoder decoder) {
    OAuth2TokenValidator<Jwt> own =
        HiddenField.read(NimbusJwtDecoder.class, OAuth2TokenValidator.class, decoder);
    if (own == null || own instanceof WithoutThumbprint) {
      return false;
    }
    decoder.setJwtValidator(new WithoutThumbprint(own));
    return true;
  }

  private static void follow(Object holder, Deque<Object> open) {
    String name = holder.getClass().getName();
    if (name.startsWith("java.util.")) {
      if (holder instanceof Map<?, ?> map) {
        map.values().forEach(value -> push(value, open));
      } else if (holder instanceof Collection<?> elements) {
        elements.forEach(element -> push(element, open));
      }
      return;
    }
    if (name.startsWith("java.")
        || (name.startsWith("org.springframework.")
            && !name.startsWith("org.springframework.security.")
            && !name.startsWith("org.springframework.util.function."))) {
      return;
    }
    for (Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          push(read(field, holder), open);
        }
      }
    }
  }

  private static @Nullable Object read(Field field, Object holder) {
    try {
      field.setAccessible(true);
      return field.get(holder);
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      return null;
    }
  }

  private static void push(@Nullable Object value, Deque<Object> open) {
    if (value != null && !(value instanceof String) && !(value instanceof Class)) {
      open.push(value);
    }
  }
}
