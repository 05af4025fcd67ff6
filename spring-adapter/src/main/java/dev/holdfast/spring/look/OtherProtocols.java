package dev.holdfast.spring.look;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * What takes access tokens on a port that no servlet filter stands before: the servers of gRPC and
 * RSocket. Their classes are named by text, because most applications do not have them.
 */
final class OtherProtocols {
  private static final Map<String, Protocol> PROTOCOLS = new LinkedHashMap<>();

  static {
    PROTOCOLS.put(
        "org.springframework.grpc.server.security.AuthenticationProcessInterceptor",
        new Protocol(
            "gRPC",
            "set spring.autoconfigure.exclude=org.springframework.boot.grpc.server.autoconfigure"
                + ".security.GrpcServerOAuth2ResourceServerAutoConfiguration if that"
                + " auto-configuration makes it"));
    PROTOCOLS.put(
        "org.springframework.security.rsocket.core.PayloadSocketAcceptorInterceptor",
        new Protocol("RSocket", "exclude the auto-configuration that makes it"));
  }

  /**
   * A protocol, and how to be rid of its server's part.
   *
   * @param name as in the error text
   * @param exclusion what to exclude
   */
  private record Protocol(String name, String exclusion) {}

  private final Set<String> others;
  private final Set<String> leftAlone = new LinkedHashSet<>();

  /**
   * Nothing yet.
   *
   * @param others names of {@code holdfast.tokens.chains-of-others}
   */
  OtherProtocols(Set<String> others) {
    this.others = others;
  }

  /** The beans that were found and that the settings leave to the application. */
  Set<String> leftAlone() {
    return leftAlone;
  }

  /**
   * Looks at this context and those above.
   *
   * @throws UnenforcedTokensException when a bean takes tokens that nobody confirms
   */
  void refuseIn(ApplicationContext context) {
    PROTOCOLS.forEach((className, protocol) -> refuse(context, className, protocol));
  }

  private void refuse(ApplicationContext context, String className, Protocol protocol) {
    Class<?> type = find(className, context);
    if (type == null) {
      return;
    }
    for (String bean :
        BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, type, true, false)) {
      if (others.contains(bean)) {
        leftAlone.add(bean);
      } else {
        throw refusal(bean, className, protocol);
      }
    }
  }

  private static @Nullable Class<?> find(String className, ApplicationContext context) {
    try {
      return ClassUtils.forName(className, context.getClassLoader());
    } catch (ClassNotFoundException | LinkageError notOfThisApplication) {
      return null;
    }
  }

  private static UnenforcedTokensException refusal(
      String bean, String className, Protocol protocol) {
    return new UnenforcedTokensException(
        "The bean \""
            + bean
            + "\" takes access tokens that come by "
            + protocol.name()
            + ", and Holdfast does not cover "
            + protocol.name()
            + ": "
            + className,
        "Remove the bean ("
            + protocol.exclusion()
            + "), or serve "
            + protocol.name()
            + " from an application without Holdfast. If its tokens are not Holdfast's business,"
            + " set holdfast.tokens.chains-of-others="
            + bean);
  }
}
