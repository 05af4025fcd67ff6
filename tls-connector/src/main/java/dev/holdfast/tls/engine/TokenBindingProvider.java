package dev.holdfast.tls.engine;

import dev.holdfast.tls.engine.crypto.JvmPolicy;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Offers {@link NegotiatingTls} under the names of the Java Cryptography Architecture: {@code
 * SSLContext.getInstance("TLS", TokenBindingProvider.INSTANCE)}. It has nothing else.
 *
 * <p>The names of a version mean the same as {@code TLS}: for servers the JDK's do, too.
 *
 * <p>Nobody registers it but who needs a context by the provider's name, and then behind all
 * others, so that it is asked for its own name only.
 */
public final class TokenBindingProvider extends Provider {
  private static final long serialVersionUID = 1L;

  /** The provider's name. */
  public static final String NAME = JvmPolicy.NOT_ASKED;

  private static final List<String> NAMES = List.of("TLS", "TLSv1.2", "TLSv1.3");

  /** The only instance. */
  public static final TokenBindingProvider INSTANCE = new TokenBindingProvider();

  private TokenBindingProvider() {
    super(NAME, "1.0", "TLS that negotiates Token Binding (RFC 8472)");
    NAMES.forEach(name -> putService(new ContextService(this, name)));
  }

  /**
   * Makes it known by its name to the whole JVM, behind all others, if it is not yet: for a
   * container that takes no context but a provider's name.
   */
  public static void register() {
    Security.addProvider(INSTANCE); // does nothing the second time
  }

  private static final class ContextService extends Service {
    ContextService(Provider provider, String name) {
      super(provider, "SSLContext", name, ServerContext.class.getName(), null, null);
    }

    @Override
    public Object newInstance(@Nullable Object parameter) {
      return new ServerContext(ServerContext.values(List.of()));
    }
  }
}
