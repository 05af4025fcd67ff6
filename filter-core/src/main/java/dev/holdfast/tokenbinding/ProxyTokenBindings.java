package dev.holdfast.tokenbinding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.holdfast.RequestEvidence;
import dev.holdfast.tokenbinding.message.RefusedTokenBindingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Token Bindings that a trusted proxy verified (draft-ietf-tokbind-ttrp-09 section 2).
 *
 * <p>What a provided field alone says does not depend on the connection and is kept under the
 * field's text; whether the field is believed is decided on every request.
 */
public final class ProxyTokenBindings implements TokenBindings {
  private static final String PROVIDED = "Sec-Provided-Token-Binding-ID";
  private static final String REFERRED = "Sec-Referred-Token-Binding-ID";
  private static final String OTHER = "Sec-Other-Token-Binding-ID";
  private static final long MAX_CHARACTERS = 20_000_000;
  private static final int OTHER_CHARACTERS = 200;

  private final ProxyValue value;

  // Maintenance is a few steps without I/O: no reason for another thread.
  private final Cache<String, EstablishedTokenBindings> known =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CHARACTERS)
          .weigher(
              (String field, EstablishedTokenBindings bindings) ->
                  field.length() + OTHER_CHARACTERS)
          .executor(Runnable::run)
          .build();

  /**
   * From the fields of a proxy that ends TLS and is trusted: {@code Sec-Provided-Token-Binding-ID},
   * {@code Sec-Referred-Token-Binding-ID} and {@code Sec-Other-Token-Binding-ID}
   * (draft-ietf-tokbind-ttrp-09). From anyone else they count for nothing.
   */
  public ProxyTokenBindings(ProxyValue value) {
    this.value = value;
  }

  @Override
  public List<String> headerNames() {
    return List.of(PROVIDED, REFERRED, OTHER);
  }

  @Override
  public TokenBindingState of(RequestEvidence evidence) {
    List<String> messages = evidence.headers(Fields.MESSAGE);
    if (Fields.isNotOne(messages)) {
      return Fields.notOne();
    }
    if (!evidence.fromTrustedProxy()) {
      return TokenBindingState.None.NONE;
    }
    List<String> provided = evidence.proxyHeaders(PROVIDED);
    List<String> referred = evidence.proxyHeaders(REFERRED);
    List<String> other = evidence.proxyHeaders(OTHER);
    if (provided.isEmpty() && referred.isEmpty() && other.isEmpty()) {
      return TokenBindingState.None.NONE;
    }
    if (!messages.isEmpty()) {
      return Fields.refused("the proxy sent sec-token-binding beside what it verified");
    }
    if (Fields.isEarly(evidence)) {
      return Fields.early();
    }
    try {
      return read(provided, referred, other);
    } catch (RefusedTokenBindingException refused) {
      return Fields.refused(refused.rule());
    }
  }

  private EstablishedTokenBindings read(
      List<String> provided, List<String> referred, List<String> other)
      throws RefusedTokenBindingException {
    String mine = atMostOne(provided);
    String others = atMostOne(referred);
    if (mine == null) {
      throw new RefusedTokenBindingException("the proxy names no provided token binding");
    }
    if (!other.isEmpty()) {
      ProxyFields.checkOthers(value, other);
    }
    return others == null ? alone(mine) : ProxyFields.read(value, mine, others);
  }

  private EstablishedTokenBindings alone(String field) throws RefusedTokenBindingException {
    EstablishedTokenBindings bindings = known.getIfPresent(field);
    if (bindings == null) {
      bindings = ProxyFields.read(value, field, null);
      known.put(field, bindings);
    }
    return bindings;
  }

  private static @Nullable String atMostOne(List<String> fields)
      throws RefusedTokenBindingException {
    if (fields.size() > 1) {
      throw new RefusedTokenBindingException("the proxy names more than one token binding");
    }
    return fields.isEmpty() ? null : fields.get(0);
  }
}
