package dev.holdfast.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What other requests of the same session, and threads that outlive the token's, make of it. */
@Tag("whole")
class OverlappingSessionsTest extends ChainsFixture {
  private static final String CONTEXT =
      HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

  private static volatile CountDownLatch flushed = new CountDownLatch(1);
  private static volatile CountDownLatch export = new CountDownLatch(1);
  private static volatile CountDownLatch returned = new CountDownLatch(1);
  private static volatile CountDownLatch entered = new CountDownLatch(1);
  private static volatile CountDownLatch slow = new CountDownLatch(1);
  private static volatile Thread late = new Thread();

  @BeforeEach
  void close() {
    flushed = new CountDownLatch(1);
    export = new CountDownLatch(1);
    returned = new CountDownLatch(1);
    entered = new CountDownLatch(1);
    slow = new CountDownLatch(1);
  }

  @Configuration(proxyBeanMethods = false)
  static class Overlapping {
    @Bean
    Exports exports() {
      return new Exports();
    }

    /** Before Spring Security: it tells when all of its filters have returned. */
    @Bean
    FilterRegistrationBean<Filter> outermost() {
      FilterRegistrationBean<Filter> outermost =
          new FilterRegistrationBean<>(
              (request, response, chain) -> {
                chain.doFilter(request, response);
                returned.countDown();
              });
      outermost.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
      outermost.setAsyncSupported(true);
      return outermost;
    }
  }

  @RestController
  static class Exports {
    @GetMapping("/export")
    void export(HttpServletResponse response) throws IOException, InterruptedException {
      response.getOutputStream().write("first\n".getBytes(UTF_8));
      response.flushBuffer();
      flushed.countDown();
      export.await(30, TimeUnit.SECONDS);
    }

    @GetMapping("/web/login")
    String login(HttpServletRequest request) {
      request.getSession();
      return "please";
    }

    @GetMapping("/web/me")
    String me(Authentication known) {
      return known.getName();
    }

    @GetMapping("/slow")
    String slow() throws InterruptedException {
      entered.countDown();
      slow.await(30, TimeUnit.SECONDS);
      return "slow";
    }

    @GetMapping("/later")
    CompletableFuture<String> later(HttpServletRequest request, Authentication known) {
      return CompletableFuture.supplyAsync(
          () -> {
            awaited(returned);
            request.getSession().setAttribute(CONTEXT, new SecurityContextImpl(known));
            return "stored";
          });
    }

    @GetMapping("/afterwards")
    String afterwards(HttpServletRequest request, Authentication known) {
      HttpSession session = request.getSession();
      late = new Thread(() -> session.setAttribute(CONTEXT, new SecurityContextImpl(known)));
      return "to be stored";
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Clients {
    @Bean
    @Order(2)
    SecurityFilterChain clients(HttpSecurity http) {
      return TokenSessionsTest.chain(http);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Browsers {
    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("anna").password("{noop}a-password").roles("USER").build());
    }

    @Bean
    @Order(1)
    SecurityFilterChain browsers(HttpSecurity http) {
      return http.securityMatcher("/web/**")
          .authorizeHttpRequests(
              requests ->
                  requests.requestMatchers("/web/login").permitAll().anyRequest().authenticated())
          .formLogin(form -> form.loginProcessingUrl("/web/sign-in"))
          .csrf(csrf -> csrf.disable())
          .build();
    }
  }

  private static HttpResponse<String> signIn(ConfigurableApplicationContext app, String cookie)
      throws Exception {
    String address = "https://127.0.0.1:" + Boot.port(app);
    return HttpClient.newBuilder()
        .sslContext(PKI.sslContext(RIGHTFUL))
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(address + "/web/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", cookie)
                .POST(HttpRequest.BodyPublishers.ofString("username=anna&password=a-password"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String cookie(HttpResponse<?> answer) {
    return answer.headers().firstValue("Set-Cookie").orElse("none=").replaceFirst(";.*", "");
  }

  private static String bearer() throws Exception {
    return "Bearer " + issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
  }

  private static void assertOpensNothing(ConfigurableApplicationContext app, String cookie) {
    assertThat(cookie).startsWith("JSESSIONID=");
    assertThat(send(app, RIGHTFUL, "/me", "Cookie", cookie).statusCode()).isEqualTo(401);
    assertThat(send(app, THIEF, "/me", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  /** The other request would store what it has found in the session once more. */
  @Test
  void aRequestThatOverlapsATokensKeepsNothingOfIt() throws Exception {
    ConfigurableApplicationContext app =
        app("overlap", bootJwt(), TokenSessionFilterTest.Implicit.class, Overlapping.class);
    String bearer = bearer();
    String cookie = cookie(send(app, RIGHTFUL, "/me", "Authorization", bearer));
    CompletableFuture<HttpResponse<String>> token =
        CompletableFuture.supplyAsync(
            () -> send(app, RIGHTFUL, "/export", "Authorization", bearer, "Cookie", cookie));
    assertThat(flushed.await(30, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<HttpResponse<String>> alone =
        CompletableFuture.supplyAsync(() -> send(app, THIEF, "/slow", "Cookie", cookie));
    CompletableFuture.anyOf(alone, CompletableFuture.runAsync(() -> awaited(entered)))
        .get(30, TimeUnit.SECONDS);
    export.countDown();
    assertThat(token.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    slow.countDown();
    assertThat(alone.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(401);
    assertOpensNothing(app, cookie);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A page with an open stream, which sends its token and its cookie. */
  @Test
  void whoSignsInWhileATokensRequestIsOpenStaysSignedIn() throws Exception {
    ConfigurableApplicationContext app =
        app("signs-in", bootJwt(), Clients.class, Browsers.class, Overlapping.class);
    String cookie = cookie(send(app, RIGHTFUL, "/web/login"));
    String bearer = bearer();
    CompletableFuture<HttpResponse<String>> token =
        CompletableFuture.supplyAsync(
            () -> send(app, RIGHTFUL, "/export", "Authorization", bearer, "Cookie", cookie));
    assertThat(flushed.await(30, TimeUnit.SECONDS)).isTrue();
    String renewed = cookie(signIn(app, cookie));
    assertThat(renewed).startsWith("JSESSIONID=").isNotEqualTo(cookie);
    export.countDown();
    assertThat(token.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(send(app, RIGHTFUL, "/web/me", "Cookie", renewed).body()).isEqualTo("anna");
  }

  /** Then no filter of Spring Security's comes after the thread that stores it. */
  @ParameterizedTest
  @ValueSource(strings = {"request", "async,error,forward,include,request"})
  void noThreadStoresALoginWhileTheAnswerIsAwaited(String dispatches) throws Exception {
    Map<String, String> settings = new HashMap<>(bootJwt());
    settings.put("spring.security.filter.dispatcher-types", dispatches);
    ConfigurableApplicationContext app =
        app("async-" + dispatches, settings, TokenSessionsTest.Ordinary.class, Overlapping.class);
    HttpResponse<String> stored = send(app, RIGHTFUL, "/later", "Authorization", bearer());
    assertThat(stored.body()).isEqualTo("stored");
    assertOpensNothing(app, cookie(stored));
  }

  @Test
  void noThreadStoresALoginWhenTheRequestHasEnded() throws Exception {
    ConfigurableApplicationContext app =
        app("late", bootJwt(), TokenSessionsTest.Ordinary.class, Overlapping.class);
    HttpResponse<String> answer = send(app, RIGHTFUL, "/afterwards", "Authorization", bearer());
    assertThat(answer.statusCode()).isEqualTo(200);
    late.start();
    late.join(30_000);
    assertOpensNothing(app, cookie(answer));
  }
}
