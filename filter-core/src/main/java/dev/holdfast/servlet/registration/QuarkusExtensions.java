package dev.holdfast.servlet.registration;

import dev.holdfast.internal.ApplicationLog;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Extensions of Quarkus whose endpoints are routes of Vert.x. They answer before its servlet
 * container is asked, and so before every filter. The container itself is a fork of Undertow behind
 * the last of these routes. Extensions are known by a class each, by its name, because Holdfast is
 * compiled without Quarkus.
 */
public final class QuarkusExtensions {
  private static final String SERVLETS = "io.quarkus.undertow.runtime.UndertowDeploymentRecorder";

  /** They have nothing but endpoints. */
  private static final List<Extension> SERVERS =
      List.of(
          new Extension(
              "quarkus-rest",
              "io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder",
              "Use quarkus-resteasy for resources, with quarkus-undertow"),
          new Extension(
              "quarkus-reactive-routes",
              "io.quarkus.vertx.web.runtime.VertxWebRecorder",
              "Write a servlet or a resource of quarkus-resteasy for each route"),
          new Extension(
              "quarkus-smallrye-graphql",
              "io.quarkus.smallrye.graphql.runtime.SmallRyeGraphQLRecorder",
              "Serve GraphQL by a servlet"),
          new Extension(
              "quarkus-websockets",
              "io.quarkus.websockets.runtime.WebsocketServerRecorder",
              "If you need its client alone, use quarkus-websockets-client"),
          new Extension(
              "quarkus-funqy-http",
              "io.quarkus.funqy.runtime.bindings.http.FunqyHttpBindingRecorder",
              "Write a servlet or a resource of quarkus-resteasy for each function"));

  /** An application may use only the client in them. */
  private static final List<Extension> PERHAPS_SERVERS =
      List.of(
          new Extension(
              "quarkus-websockets-next",
              "io.quarkus.websockets.next.runtime.WebSocketServerRecorder",
              ""),
          new Extension("quarkus-grpc", "io.quarkus.grpc.runtime.GrpcServerRecorder", ""));

  private QuarkusExtensions() {}

  /**
   * One that answers past the servlets.
   *
   * @param name of its artifact
   * @param className of a class that no other artifact has
   * @param instead what to do without it, a sentence without its full stop
   */
  private record Extension(String name, String className, String instead) {}

  /**
   * Refuses an extension whose endpoints no filter sees, and warns of one that may have some. Does
   * nothing outside of Quarkus.
   *
   * @param filter what the requests would not pass
   * @throws IllegalStateException when there is such an extension on the class path
   */
  public static void check(@Nullable ServletContext context, String filter) {
    Set<ClassLoader> loaders = loaders(context);
    if (!isThere(SERVLETS, loaders)) {
      return;
    }
    for (Extension extension : SERVERS) {
      if (isThere(extension.className(), loaders)) {
        throw refusal(extension, filter);
      }
    }
    List<String> perhaps =
        PERHAPS_SERVERS.stream()
            .filter(extension -> isThere(extension.className(), loaders))
            .map(Extension::name)
            .toList();
    ApplicationLog.named("dev.holdfast")
        .log(
            Level.WARNING,
            "this is Quarkus: what answers on Vert.x does not pass the filter "
                + filter
                + ", and Holdfast cannot see it: routes that an application adds to the Router,"
                + " what extensions serve below /q, and the management port."
                + (perhaps.isEmpty()
                    ? ""
                    : " Endpoints of " + String.join(" and ", perhaps) + " are such routes too.")
                + " See docs/jakarta-rest.md.");
  }

  private static IllegalStateException refusal(Extension extension, String filter) {
    return new IllegalStateException(
        "requests would not pass the filter "
            + filter
            + ": "
            + extension.name()
            + " is on the class path, and its endpoints answer on Vert.x, before every servlet"
            + " filter. Remove that dependency. "
            + extension.instead()
            + ". See docs/jakarta-rest.md");
  }

  /** What sees the application's classes, in any of Quarkus' ways to start. */
  private static Set<ClassLoader> loaders(@Nullable ServletContext context) {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    add(loaders, Thread.currentThread().getContextClassLoader());
    if (context != null) {
      add(loaders, context.getClassLoader());
      add(loaders, context.getClass().getClassLoader());
    }
    return loaders;
  }

  private static void add(Set<ClassLoader> loaders, @Nullable ClassLoader loader) {
    if (loader != null) {
      loaders.add(loader);
    }
  }

  private static boolean isThere(String className, Set<ClassLoader> loaders) {
    String file = className.replace('.', '/') + ".class";
    return loaders.stream().anyMatch(loader -> loader.getResource(file) != null);
  }
}
