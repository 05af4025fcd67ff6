package dev.holdfast.spring.takers;

import dev.holdfast.ConfirmationMethod;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that nobody sent, to try out what a converter makes of a credential. The token in it is
 * none.
 */
public final class CredentialProbe {
  private static final String TOKEN = "aG9sZGZhc3Q.bG9va3M.YWZ0ZXJ3YXJkcw";

  /** No name can be guessed here, so that asking for cookies is what shows it. */
  static final String COOKIE = "a cookie";

  private final Map<String, String> fields;
  private final String httpMethod;
  private final Elsewhere elsewhere;
  private final Set<String> askedElsewhere = new LinkedHashSet<>();
  private final Set<String> removed = new HashSet<>();
  private boolean read;

  /** What stands in parameters, and in fields that are not named. */
  private enum Elsewhere {
    NOTHING,
    A_TOKEN,
    SOMETHING_ELSE
  }

  private CredentialProbe(Map<String, String> fields) {
    this(fields, "GET", Elsewhere.NOTHING);
  }

  private CredentialProbe(Map<String, String> fields, String httpMethod, Elsewhere elsewhere) {
    this.fields = fields;
    this.httpMethod = httpMethod;
    this.elsewhere = elsewhere;
  }

  static CredentialProbe bearer() {
    return new CredentialProbe(Map.of("authorization", "Bearer " + TOKEN));
  }

  /** One for each scheme under which tokens come, with something in the fields of its proofs. */
  static List<CredentialProbe> ofEveryScheme() {
    List<CredentialProbe> probes = new ArrayList<>(List.of(bearer()));
    for (ConfirmationMethod method : ConfirmationMethod.all()) {
      if (method.hasOwnScheme()) {
        Map<String, String> fields = new HashMap<>();
        fields.put("authorization", method.scheme().text() + " " + TOKEN);
        method.requestHeaders().forEach(name -> fields.put(name.toLowerCase(Locale.ROOT), TOKEN));
        probes.add(new CredentialProbe(fields));
      }
    }
    return probes;
  }

  public static CredentialProbe none() {
    return new CredentialProbe(Map.of());
  }

  /** The same without what stands in these places, as {@link #askedElsewhere} names them. */
  CredentialProbe without(Set<String> places) {
    CredentialProbe fewer = new CredentialProbe(fields, httpMethod, elsewhere);
    fewer.removed.addAll(places);
    return fewer;
  }

  /** A token in every parameter and in every field but {@code Authorization}. */
  static CredentialProbe elsewhere(String httpMethod) {
    return new CredentialProbe(
        Map.of("content-type", "application/x-www-form-urlencoded"), httpMethod, Elsewhere.A_TOKEN);
  }

  /** The same request with something in every other field and parameter: it may be asked for. */
  CredentialProbe amongOthers() {
    return new CredentialProbe(fields, httpMethod, Elsewhere.SOMETHING_ELSE);
  }

  /** Parameters and fields that somebody asked for a token elsewhere, in their order. */
  Set<String> askedElsewhere() {
    return askedElsewhere;
  }

  /** Whether this was made of the probe's token, which nobody else has. */
  static boolean isIn(@Nullable Object value) {
    return value != null && value.toString().contains(TOKEN);
  }

  /** Whether anybody asked for the credential. */
  boolean wasRead() {
    return read;
  }

  public HttpServletRequest request() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            CredentialProbe.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            this::answer);
  }

  @SuppressWarnings("JdkObsolete") // the servlet API's own type
  private @Nullable Object answer(Object proxy, Method method, Object @Nullable [] arguments) {
    Class<?> type = method.getReturnType();
    return switch (method.getName()) {
      case "getHeader" -> field(arguments);
      case "getHeaders" -> {
        String value = field(arguments);
        yield Collections.enumeration(value == null ? List.of() : List.of(value));
      }
      case "getHeaderNames" -> Collections.enumeration(fields.keySet());
      case "getParameter" -> parameter(arguments);
      case "getParameterValues" -> {
        String value = parameter(arguments);
        yield value == null ? null : new String[] {value};
      }
      case "getCookies" -> {
        if (!removed.contains(COOKIE)) {
          askedElsewhere.add(COOKIE);
        }
        yield null;
      }
      case "getContentType" -> fields.get("content-type");
      case "getMethod" -> httpMethod;
      case "getRequestURI", "getServletPath" -> "/";
      case "getRequestURL" -> new StringBuffer("https://localhost/");
      case "getContextPath" -> "";
      case "getScheme" -> "https";
      case "getServerName", "getRemoteAddr", "getRemoteHost" -> "localhost";
      case "getProtocol" -> "HTTP/1.1";
      case "getParameterMap" -> Map.of();
      case "getAttributeNames", "getParameterNames" -> Collections.emptyEnumeration();
      case "equals" -> arguments != null && arguments[0] == proxy;
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "CredentialProbe";
      default -> nothing(type);
    };
  }

  private static @Nullable Object nothing(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    return type == long.class ? (Object) 0L : null;
  }

  private @Nullable String field(Object @Nullable [] arguments) {
    String name = arguments == null ? "" : String.valueOf(arguments[0]).toLowerCase(Locale.ROOT);
    String value = fields.get(name);
    if (value == null && !name.equals("authorization") && isThere("the field " + name)) {
      return elsewhere == Elsewhere.A_TOKEN ? "Bearer " + TOKEN : "1";
    }
    read |= value != null;
    return value;
  }

  private @Nullable String parameter(Object @Nullable [] arguments) {
    if (!isThere("the parameter " + (arguments == null ? "" : arguments[0]))) {
      return null;
    }
    return elsewhere == Elsewhere.A_TOKEN ? TOKEN : "1";
  }

  private boolean isThere(String place) {
    if (elsewhere == Elsewhere.NOTHING || removed.contains(place)) {
      return false;
    }
    askedElsewhere.add(place);
    return true;
  }
}
