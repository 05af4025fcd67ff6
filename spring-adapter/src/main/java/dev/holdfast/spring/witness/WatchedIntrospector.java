package dev.holdfast.spring.witness;

import dev.holdfast.spring.scope.VerificationScope;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.http.HttpRequest;
import org.springframework.http.RequestEntity;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2TokenIntrospectionClaimAccessor;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/**
 * One of Spring Security's introspectors, which from now on shows about which token it asks, and
 * what the issuer answers, before a converter of the application's turns the answer into something
 * else. It is changed in place: others may hold it already, and one class of them is final.
 */
public final class WatchedIntrospector {
  /** Since Spring Security 7.1, and final. */
  private static final String BY_REST_CLIENT =
      "org.springframework.security.oauth2.server.resource.introspection"
          + ".RestClientOpaqueTokenIntrospector";

  private WatchedIntrospector() {}

  static boolean isSprings(Object object) {
    return object instanceof SpringOpaqueTokenIntrospector
        || object.getClass().getName().equals(BY_REST_CLIENT);
  }

  /**
   * Watches it, unless it is watched already. Where this version of Spring Security has other
   * fields, nothing is seen, and what is not seen proves nothing.
   */
  @SuppressWarnings("unchecked") // the fields' own type arguments
  public static void watch(OpaqueTokenIntrospector introspector) {
    try {
      if (introspector instanceof SpringOpaqueTokenIntrospector known) {
        Class<?> type = SpringOpaqueTokenIntrospector.class;
        Object asking = field(type, "requestEntityConverter").get(known);
        if (!(asking instanceof Asking)) {
          known.setRequestEntityConverter(
              new Asking(known, (Converter<String, RequestEntity<?>>) asking));
        }
        Object answering = field(type, "authenticationConverter").get(known);
        if (!(answering instanceof Answering)) {
          known.setAuthenticationConverter(new Answering(known, converter(answering)));
        }
      } else {
        watchRestClient(introspector);
      }
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      return;
    }
  }

  private static void watchRestClient(OpaqueTokenIntrospector introspector)
      throws ReflectiveOperationException {
    Class<?> type = introspector.getClass();
    Field answering = field(type, "authenticationConverter");
    Object own = answering.get(introspector);
    if (!(own instanceof Answering)) {
      answering.set(introspector, new Answering(introspector, converter(own)));
    }
    Field client = field(type, "restClient");
    RestClient asking = (RestClient) client.get(introspector);
    RestClient.Builder changed = asking.mutate();
    boolean[] isNew = new boolean[1];
    changed.requestInterceptors(
        all -> {
          if (all.stream().noneMatch(Sending.class::isInstance)) {
            isNew[0] = true;
            all.add(0, new Sending(introspector)); // what the introspector itself wrote
          }
        });
    if (isNew[0]) {
      client.set(introspector, changed.build());
    }
  }

  private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  @SuppressWarnings("unchecked") // the field's own type arguments
  private static Converter<
          OAuth2TokenIntrospectionClaimAccessor, ? extends OAuth2AuthenticatedPrincipal>
      converter(Object field) {
    return (Converter<
            OAuth2TokenIntrospectionClaimAccessor, ? extends OAuth2AuthenticatedPrincipal>)
        Objects.requireNonNull(field);
  }

  private static void asks(Object introspector, @Nullable String token) {
    VerificationScope scope = VerificationScope.current();
    if (scope != null) {
      scope.asks(introspector, token);
    }
  }

  /** Makes the request, and so is told the token. What stands in the request counts. */
  private record Asking(Object introspector, Converter<String, RequestEntity<?>> own)
      implements Converter<String, RequestEntity<?>> {
    @Override
    @SuppressWarnings("NullAway") // as the application's own answers
    public RequestEntity<?> convert(String token) {
      RequestEntity<?> request = own.convert(token);
      Object sent =
          request != null && request.getBody() instanceof MultiValueMap<?, ?> form
              ? form.toSingleValueMap().get("token")
              : null;
      asks(introspector, sent == null ? token : sent.toString());
      return request;
    }
  }

  /** Stands first, so that it sees the form as the introspector wrote it. */
  private record Sending(Object introspector) implements ClientHttpRequestInterceptor {
    @Override
    public ClientHttpResponse intercept(
        HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
      asks(introspector, token(new String(body, StandardCharsets.UTF_8)));
      return execution.execute(request, body);
    }

    private static @Nullable String token(String form) {
      for (String pair : form.split("&", -1)) {
        if (pair.startsWith("token=")) {
          return URLDecoder.decode(pair.substring(6), StandardCharsets.UTF_8);
        }
      }
      return null;
    }
  }

  /** Is given the issuer's own answer. */
  private record Answering(
      Object introspector,
      Converter<OAuth2TokenIntrospectionClaimAccessor, ? extends OAuth2AuthenticatedPrincipal> own)
      implements Converter<OAuth2TokenIntrospectionClaimAccessor, OAuth2AuthenticatedPrincipal> {
    @Override
    @SuppressWarnings("NullAway") // as the application's own answers
    public OAuth2AuthenticatedPrincipal convert(OAuth2TokenIntrospectionClaimAccessor answer) {
      VerificationScope scope = VerificationScope.current();
      if (scope != null) {
        scope.sawAnswer(introspector, answer.getClaims());
      }
      return own.convert(answer);
    }
  }
}
