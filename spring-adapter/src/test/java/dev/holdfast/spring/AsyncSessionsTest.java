package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A context of {@code startAsync()} without arguments has Holdfast's request, in each server. */
@Tag("verify")
class AsyncSessionsTest extends ChainsFixture {
  private static final HttpSessionSecurityContextRepository SESSIONS =
      new HttpSessionSecurityContextRepository();

  private static volatile CountDownLatch completed = new CountDownLatch(1);

  @BeforeEach
  void open() {
    completed = new CountDownLatch(1);
  }

  @Configuration(proxyBeanMethods = false)
  static class Api {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return TokenSessionsTest.chain(http);
    }

    @Bean
    Asynchronous asynchronous() {
      return new Asynchronous();
    }
  }

  private static SecurityContext login() {
    String name = SecurityContextHolder.getContext().getAuthentication().getName();
    return new SecurityContextImpl(
        UsernamePasswordAuthenticationToken.authenticated("db-" + name, null, List.of()));
  }

  private static void save(AsyncContext asynchronous, SecurityContext login) {
    SESSIONS.saveContext(
        login,
        (HttpServletRequest) asynchronous.getRequest(),
        (HttpServletResponse) asynchronous.getResponse());
  }

  private static void saveAndComplete(AsyncContext asynchronous, SecurityContext login) {
    try {
      save(asynchronous, login);
      asynchronous.getResponse().getWriter().write("saved");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      asynchronous.complete();
    }
  }

  @RestController
  static class Asynchronous {
    @GetMapping("/container-thread")
    void containerThread(HttpServletRequest request) {
      request.getSession();
      AsyncContext asynchronous = request.startAsync();
      SecurityContext login = login();
      asynchronous.start(() -> saveAndComplete(asynchronous, login));
    }

    @GetMapping("/own-thread")
    void ownThread(HttpServletRequest request) {
      request.getSession();
      AsyncContext asynchronous = request.startAsync();
      SecurityContext login = login();
      CompletableFuture<?> unused =
          CompletableFuture.runAsync(() -> saveAndComplete(asynchronous, login));
    }

    @GetMapping("/known-context")
    void knownContext(HttpServletRequest request) {
      request.getSession();
      request.startAsync();
      SecurityContext login = login();
      AsyncContext known = request.getAsyncContext();
      CompletableFuture<?> unused = CompletableFuture.runAsync(() -> saveAndComplete(known, login));
    }

    @GetMapping("/listener")
    void listener(HttpServletRequest request) throws IOException {
      request.getSession();
      AsyncContext asynchronous = request.startAsync();
      asynchronous.addListener(new Saving(login(), event -> event.getAsyncContext().getRequest()));
      asynchronous.getResponse().getWriter().write("saved");
      asynchronous.complete();
    }

    @GetMapping("/supplied")
    void supplied(HttpServletRequest request) throws IOException {
      AsyncContext asynchronous = request.startAsync();
      asynchronous.addListener(new Saving(login(), AsyncEvent::getSuppliedRequest));
      asynchronous.getResponse().getWriter().write("saved");
      asynchronous.complete();
    }

    @GetMapping("/dispatching")
    void dispatching(HttpServletRequest request, HttpServletResponse response) throws IOException {
      if (request.getDispatcherType() != DispatcherType.ASYNC) {
        request.startAsync().dispatch();
      } else {
        response
            .getWriter()
            .write(
                "dispatched to " + request.getRequestURI() + " with " + request.getParameter("a"));
      }
    }

    @GetMapping("/dispatching-elsewhere")
    void elsewhere(HttpServletRequest request) {
      request.startAsync().dispatch("/dispatching?a=3");
    }

    @GetMapping("/forwarding")
    void forwarding(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      if (request.getDispatcherType() == DispatcherType.ASYNC) {
        response.getWriter().write("came back to " + request.getRequestURI());
      } else {
        request.getRequestDispatcher("/dispatching").forward(request, response);
      }
    }
  }

  /** At the end of the request, when its answer has gone. */
  private record Saving(SecurityContext login, Function<AsyncEvent, ServletRequest> way)
      implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      try {
        SESSIONS.saveContext(
            login,
            (HttpServletRequest) way.apply(event),
            (HttpServletResponse) event.getAsyncContext().getResponse());
      } finally {
        completed.countDown();
      }
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }

  private static ConfigurableApplicationContext app(String server) {
    Map<String, String> settings = new HashMap<>(bootJwt());
    settings.put(Boot.SERVER, server);
    return app(server, settings, Api.class);
  }

  private static String bearer() throws Exception {
    return "Bearer " + issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
  }

  private static String get(String server, String path) throws Exception {
    return send(app(server), RIGHTFUL, path, "Authorization", bearer()).body();
  }

  @ParameterizedTest
  @CsvSource({
    "tomcat, /container-thread",
    "tomcat, /own-thread",
    "tomcat, /known-context",
    "tomcat, /listener",
    "jetty, /container-thread",
    "jetty, /own-thread",
    "jetty, /known-context",
    "jetty, /listener"
  })
  void noLoginComesIntoTheSessionOfAnAsynchronousContext(String server, String path)
      throws Exception {
    ConfigurableApplicationContext app = app(server);
    HttpResponse<String> answer = send(app, RIGHTFUL, path, "Authorization", bearer());
    assertThat(answer.body()).isEqualTo("saved");
    if (path.equals("/listener")) {
      assertThat(completed.await(30, TimeUnit.SECONDS)).isTrue();
    }
    String cookie = answer.headers().firstValue("Set-Cookie").orElse("none=");
    assertThat(cookie).startsWith("JSESSIONID=");
    assertThat(
            send(app, THIEF, "/me", "Cookie", cookie.substring(0, cookie.indexOf(';')))
                .statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomcat", "jetty"})
  void noLoginComesIntoTheSessionOfASuppliedRequest(String server) throws Exception {
    ConfigurableApplicationContext app = app(server);
    HttpResponse<String> before = send(app, RIGHTFUL, "/own-thread", "Authorization", bearer());
    String cookie = before.headers().firstValue("Set-Cookie").orElse("none=;").split(";", 2)[0];
    assertThat(cookie).startsWith("JSESSIONID=");
    completed = new CountDownLatch(1);
    HttpResponse<String> answer =
        send(app, RIGHTFUL, "/supplied", "Authorization", bearer(), "Cookie", cookie);
    assertThat(answer.body()).isEqualTo("saved");
    assertThat(completed.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(send(app, THIEF, "/me", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomcat", "jetty"})
  void itIsDispatchedWhereItIsWithoutHoldfast(String server) throws Exception {
    assertThat(get(server, "/dispatching?a=2")).isEqualTo("dispatched to /dispatching with 2");
    assertThat(get(server, "/dispatching-elsewhere"))
        .isEqualTo("dispatched to /dispatching with 3");
    assertThat(get(server, "/forwarding")).isEqualTo("came back to /forwarding");
  }
}
