package dev.holdfast.servlet;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.BindingEnforcer;
import dev.holdfast.ClaimRules;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.EnforcementListener;
import dev.holdfast.Requirement;
import dev.holdfast.policy.BindingPolicy;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A Tomcat with the filter before one page, and what came to both. */
class FilterFixture {
  static final AccessTokenVerifier VALID =
      token ->
          CompletableFuture.completedFuture(
              new ClaimRules("https://i", Set.of(), Set.of(), Duration.ZERO, Clock.systemUTC())
                  .check(Map.of("sub", "alice")));

  final AtomicInteger reached = new AtomicInteger();
  final AtomicInteger decisions = new AtomicInteger();
  private final Tomcat tomcat = new Tomcat();
  @TempDir Path directory;

  final HoldfastFilter filter(AccessTokenVerifier verifier) {
    EnforcementListener counting = (evidence, decision) -> decisions.incrementAndGet();
    return new HoldfastFilter(
        new BindingEnforcer(
            List.of(),
            verifier,
            BindingPolicy.everywhere(
                new Requirement(
                    Requirement.Mode.WHEN_BOUND, Set.of(ConfirmationMethod.CERTIFICATE))),
            counting));
  }

  final Context start(Consumer<ServletContext> application) throws Exception {
    return start("", application);
  }

  final Context start(String contextPath, Consumer<ServletContext> application) throws Exception {
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "localhost");
    Context context = tomcat.addContext(contextPath, directory.toString());
    context.addServletContainerInitializer(
        (classes, servletContext) -> application.accept(servletContext), Set.of());
    tomcat.getConnector().setEncodedSolidusHandling("passthrough");
    tomcat.start();
    return context;
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  final int get(String path) throws IOException, InterruptedException {
    return send("GET", path, "Authorization", "Bearer token").statusCode();
  }

  /** With these header fields, names and values in turn. */
  final HttpResponse<Void> send(String method, String path, String... fields)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + path);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .headers(fields)
                .build(),
            HttpResponse.BodyHandlers.discarding());
  }

  /** Goes where the query says, or answers 200. */
  private final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      reached.incrementAndGet();
      if ("async".equals(request.getQueryString())) {
        request.startAsync();
      } else if (request.getRequestURI().endsWith("/forward")) {
        request.getRequestDispatcher("/api/other").forward(request, response);
      }
    }
  }

  final void addPage(ServletContext context) {
    var servlet = context.addServlet("page", new Page());
    servlet.setAsyncSupported(true);
    servlet.addMapping("/*");
  }
}
