package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Sessions that the application's code gets by other ways than the request it is given. */
@Tag("whole")
class LateSessionsTest extends ChainsFixture {
  private static final String CONTEXT =
      HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
  private static final Map<String, HttpSession> CONTAINERS = new ConcurrentHashMap<>();

  private static volatile CountDownLatch entered = new CountDownLatch(1);
  private static volatile CountDownLatch leaving = new CountDownLatch(1);
  private static volatile Runnable late = () -> {};

  @BeforeEach
  void close() {
    entered = new CountDownLatch(1);
    leaving = new CountDownLatch(1);
    late = () -> {};
  }

  private static SecurityContext login(String name) {
    return new SecurityContextImpl(
        UsernamePasswordAuthenticationToken.authenticated("db-" + name, null, List.of()));
  }

  private static RequestAttributes current() {
    return RequestContextHolder.currentRequestAttributes();
  }

  private static HttpSession currentSession() {
    return ((ServletRequestAttributes) current()).getRequest().getSession();
  }

  @Configuration(proxyBeanMethods = false)
  static class Holder {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return TokenSessionsTest.chain(
          http.addFilterAfter(Holder::keep, BearerTokenAuthenticationFilter.class));
    }

    /** Boot's filter has put there what is current, before Spring Security. */
    private static void keep(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      Authentication known = SecurityContextHolder.getContext().getAuthentication();
      String how = request.getParameter("how");
      if (known != null && how != null) {
        String name = known.getName();
        RequestAttributes attributes = current();
        HttpSession session = currentSession();
        switch (how) {
          case "session" -> late = () -> session.setAttribute(CONTEXT, login(name));
          case "attributes" ->
              late =
                  () ->
                      attributes.setAttribute(
                          CONTEXT, login(name), RequestAttributes.SCOPE_SESSION);
          case "now" -> session.setAttribute(CONTEXT, login(name));
          case "container" -> container(session).setAttribute(CONTEXT, login(name));
          default -> throw new IllegalArgumentException(how);
        }
      }
      chain.doFilter(request, response);
    }

    private static HttpSession container(HttpSession session) {
      HttpSession own = CONTAINERS.get(session.getId());
      own.setAttribute("other", "kept");
      return own;
    }

    @Bean
    HttpSessionListener sessions() {
      return new HttpSessionListener() {
        @Override
        public void sessionCreated(HttpSessionEvent created) {
          CONTAINERS.put(created.getSession().getId(), created.getSession());
        }
      };
    }
  }

  private static String bearer() throws Exception {
    return "Bearer " + issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
  }

  private static String cookie(HttpResponse<?> answer) {
    return answer.headers().firstValue("Set-Cookie").orElse("none=").replaceFirst(";.*", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"session", "attributes", "now", "container"})
  void noLoginComesIntoTheCurrentSessionOfAToken(String how) throws Exception {
    ConfigurableApplicationContext app = app("current", bootJwt(), Holder.class);
    HttpResponse<String> answer = send(app, RIGHTFUL, "/me?how=" + how, "Authorization", bearer());
    assertThat(answer.statusCode()).isEqualTo(200);
    Thread outliving = new Thread(late);
    outliving.start();
    outliving.join(30_000);
    String cookie = cookie(answer);
    assertThat(cookie).startsWith("JSESSIONID=");
    assertThat(send(app, THIEF, "/me", "Cookie", cookie).statusCode()).isEqualTo(401);
    if (how.equals("container")) {
      assertThat(CONTAINERS.get(cookie.substring("JSESSIONID=".length())).getAttribute("other"))
          .isEqualTo("kept");
    }
  }

  /** A listener hears of the success on the thread of the token's request. */
  @Configuration(proxyBeanMethods = false)
  static class Listening {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return TokenSessionsTest.chain(http);
    }

    @EventListener
    void succeeded(AuthenticationSuccessEvent event) {
      HttpSession session = currentSession();
      late = () -> session.setAttribute(CONTEXT, login(event.getAuthentication().getName()));
    }
  }

  @Test
  void aListenerStoresNoLoginAfterwards() throws Exception {
    ConfigurableApplicationContext app = app("listening", bootJwt(), Listening.class);
    HttpResponse<String> answer = send(app, RIGHTFUL, "/me", "Authorization", bearer());
    Thread outliving = new Thread(late);
    outliving.start();
    outliving.join(30_000);
    assertThat(cookie(answer)).startsWith("JSESSIONID=");
    assertThat(send(app, THIEF, "/me", "Cookie", cookie(answer)).statusCode()).isEqualTo(401);
  }

  // ---- what has no token is none of a token's

  @Configuration(proxyBeanMethods = false)
  static class Pages {
    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http) {
      return TokenSessionsTest.chain(http.securityMatcher("/api/**"));
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http) {
      return http.authorizeHttpRequests(
              requests ->
                  requests.requestMatchers("/sign-in").permitAll().anyRequest().authenticated())
          .formLogin(withDefaults())
          .build();
    }

    @Bean
    SignIn signIn() {
      return new SignIn();
    }
  }

  /** As Spring's manual shows it: nothing changes the identifier of the session. */
  @RestController
  static class SignIn {
    private final HttpSessionSecurityContextRepository repository =
        new HttpSessionSecurityContextRepository();

    @GetMapping("/sign-in")
    String signIn(
        @RequestParam String role, HttpServletRequest request, HttpServletResponse response) {
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          UsernamePasswordAuthenticationToken.authenticated(
              "bob", null, List.of(new SimpleGrantedAuthority(role))));
      repository.saveContext(context, request, response);
      return "welcome";
    }

    @GetMapping("/sign-out")
    String signOut(HttpServletRequest request) {
      request.getSession().removeAttribute(CONTEXT);
      return "bye";
    }

    /** Nothing is put into the session: what is there becomes another login. */
    @GetMapping("/api/in-place")
    String inPlace(HttpServletRequest request, Authentication known) {
      SecurityContext own = (SecurityContext) request.getSession().getAttribute(CONTEXT);
      own.setAuthentication(login(known.getName()).getAuthentication());
      return "changed";
    }

    @GetMapping("/api/slow")
    String slow() throws InterruptedException {
      entered.countDown();
      leaving.await(30, TimeUnit.SECONDS);
      return "slow";
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLoginWithoutATokenOutlivesATokensRequest(boolean wasSignedInBefore) throws Exception {
    ConfigurableApplicationContext app = app("pages", bootJwt(), Pages.class);
    String cookie = cookie(send(app, RIGHTFUL, "/sign-in?role=OLD"));
    assertThat(send(app, RIGHTFUL, "/me", "Cookie", cookie).body()).contains("bob").contains("OLD");
    if (!wasSignedInBefore) {
      send(app, RIGHTFUL, "/sign-out", "Cookie", cookie);
    }
    String bearer = bearer();
    CompletableFuture<HttpResponse<String>> token =
        CompletableFuture.supplyAsync(
            () -> send(app, RIGHTFUL, "/api/slow", "Authorization", bearer, "Cookie", cookie));
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(send(app, RIGHTFUL, "/sign-in?role=NEW", "Cookie", cookie).body())
        .isEqualTo("welcome");
    leaving.countDown();
    assertThat(token.get(30, TimeUnit.SECONDS).body()).isEqualTo("slow");
    assertThat(send(app, RIGHTFUL, "/me", "Cookie", cookie).body()).contains("bob").contains("NEW");
  }

  @Test
  void aLoginThatWasThereBeforeDoesNotBecomeATokens() throws Exception {
    ConfigurableApplicationContext app = app("pages", bootJwt(), Pages.class);
    String cookie = cookie(send(app, RIGHTFUL, "/sign-in?role=OLD"));
    HttpResponse<String> changed =
        send(app, RIGHTFUL, "/api/in-place", "Authorization", bearer(), "Cookie", cookie);
    assertThat(changed.body()).isEqualTo("changed");
    assertThat(send(app, THIEF, "/me", "Cookie", cookie).statusCode()).isEqualTo(302);
  }
}
