package dev.holdfast.servlet.cookie;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.CookieSettingsReader;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.sources.SettingsSources;
import dev.holdfast.cookie.ProvenKeys;
import dev.holdfast.http.challenge.Challenge;
import dev.holdfast.servlet.ChallengeWriter;
import dev.holdfast.servlet.cookie.session.CookieRules;
import dev.holdfast.servlet.cookie.session.SessionCookie;
import dev.holdfast.servlet.registration.HandshakeOrder;
import dev.holdfast.servlet.registration.MappingChecks;
import dev.holdfast.servlet.registration.QuarkusExtensions;
import dev.holdfast.servlet.registration.container.FailedStart;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Binds cookies to the key that the browser proved when they were issued: in the hands of anybody
 * else, without that key, or over plain HTTP, they open nothing.
 *
 * <p>It must come before every filter that reads these cookies, and see every request of the
 * application, for every dispatcher type and with async support: {@link #register} does that. It
 * decides once per request; dispatches reuse the decision.
 *
 * <ul>
 *   <li>A cookie that the application sets is issued with its companion, or not at all when the
 *       browser proved no key and one is required.
 *   <li>A cookie whose companion is missing, doubled, another cookie's or another key's is hidden
 *       from the application and cleared.
 *   <li>A live session of the container that is not the caller's is not served at all: the cookies
 *       are cleared, and a browser is sent to the same page again. The session lives on for its
 *       owner.
 *   <li>Evidence that is wrong, such as a forged Token Binding message, refuses the request.
 * </ul>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8471#section-5">RFC 8471, section 5</a>
 */
public final class BoundCookieFilter implements Filter {
  private static final String REGISTRATION = "holdfast-cookies";

  private @Nullable CookieRules rules;
  private @Nullable Assembly own;
  private boolean refusesAll;
  private @Nullable HandshakeOrder order;
  private final String attribute;

  /**
   * For the container: the init parameters are the settings, {@code cookies.*} and where keys come
   * from, with or without {@code holdfast.}.
   */
  public BoundCookieFilter() {
    this.attribute =
        CookieCase.class.getName() + '@' + Integer.toHexString(System.identityHashCode(this));
  }

  BoundCookieFilter(CookieRules rules) {
    this();
    this.rules = rules;
  }

  /** Settings in code. */
  public static BoundCookieFilterBuilder builder() {
    return new BoundCookieFilterBuilder();
  }

  /**
   * Registers this filter for every request and dispatcher type, before all filters that {@code
   * web.xml} declares.
   *
   * @throws IllegalStateException when the context has a filter called {@code holdfast-cookies}
   */
  public void register(ServletContext context) {
    protectSessionCookie(context);
    FilterRegistration.Dynamic registration = context.addFilter(REGISTRATION, this);
    if (registration == null) {
      throw new IllegalStateException(
          "this context has a filter called holdfast-cookies already: register one filter with the"
              + " names of all cookies");
    }
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
  }

  /**
   * Makes the container send its session cookie with {@code Secure} and {@code HttpOnly}, if it is
   * one of those bound.
   *
   * @throws dev.holdfast.configuration.InvalidSettingException when it does not and cannot be told
   *     so any more
   */
  public void protectSessionCookie(ServletContext context) {
    if (rules != null && rules.binds(SessionCookie.of(context).name())) {
      SessionCookie.protect(context);
    }
  }

  @Override
  public void init(FilterConfig config) {
    refusesAll = false;
    try {
      CookieRules applied = configured(config);
      MappingChecks.requireEverything(config);
      applied.evidence().check(config.getServletContext());
      protectSessionCookie(config.getServletContext());
      CookieStart.refuseContainerLogin(applied, config.getServletContext());
      CookieStart.refuseAnotherSessionCookie(applied, config.getServletContext());
      QuarkusExtensions.check(config.getServletContext(), config.getFilterName());
      order = HandshakeOrder.keep(config);
      CookieLog.started(applied);
    } catch (RuntimeException | LinkageError refused) {
      destroy(); // a container does not, after a start that failed
      refusesAll = FailedStart.mustRefuseAll(config, refused);
      if (!refusesAll) {
        throw refused;
      }
    }
  }

  private CookieRules configured(FilterConfig config) {
    List<String> names = Collections.list(config.getInitParameterNames());
    CookieRules ofCode = rules;
    if (ofCode == null) {
      Map<String, String> parameters = new HashMap<>();
      names.forEach(name -> parameters.put(name, config.getInitParameter(name)));
      List<String> ofContext = Collections.list(config.getServletContext().getInitParameterNames());
      Map<String, String> written = SettingsSources.of(parameters, ofContext).forCookies();
      Assembly assembly =
          Assembly.of(
              SettingsReader.readInitParameters(CookieSettingsReader.others(written)),
              Clock.systemUTC());
      own = assembly;
      CookieRules read =
          new BoundCookieFilterBuilder()
              .settings(CookieSettingsReader.read(written), assembly)
              .rules();
      rules = read;
      return read;
    }
    if (!names.isEmpty()) {
      throw new InvalidSettingException(
          names.get(0),
          "an init parameter for a filter that was configured in code",
          "Set it in code, or let the container make the filter");
    }
    return ofCode;
  }

  /**
   * Ends what this filter has put together itself. What {@link #init} has read is forgotten, and it
   * may read again.
   */
  @Override
  public void destroy() {
    if (order != null) {
      order.close();
      order = null;
    }
    Assembly ended = own;
    if (ended != null) { // then the rules are those of init
      rules = null;
      own = null;
      ended.close();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (refusesAll) {
      throw FailedStart.refusal();
    }
    if (request instanceof HttpServletRequest httpRequest
        && response instanceof HttpServletResponse httpResponse) {
      CookieRules initialized = rules;
      if (initialized == null) {
        throw new ServletException("the Holdfast cookie filter was not initialised");
      }
      filter(initialized, initialized.evidence().admit(httpRequest), httpResponse, chain);
    } else {
      throw new ServletException("Holdfast understands HTTP requests only");
    }
  }

  private void filter(
      CookieRules applied,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(attribute) instanceof CookieCase known
        && known.rules().equals(applied)) {
      serve(known, request, response, chain);
      return;
    }
    ProvenKeys keys = ProvenKeys.of(applied.mechanisms(), applied.evidence().evidence(request));
    if (keys instanceof ProvenKeys.Keys proven) {
      CookieCase made = CookieCase.of(applied, proven.bindings(), request, response);
      request.setAttribute(attribute, made);
      if (made.refusedSession() == null) {
        made.announce(response);
      } else {
        CookieLog.refused(made.session().name(), String.valueOf(made.refusedSession()));
      }
      serve(made, request, response, chain);
    } else if (keys instanceof ProvenKeys.Wrong wrong) {
      ChallengeWriter.write(Challenge.of(wrong.refusal()), response);
    }
  }

  private static void serve(
      CookieCase known, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (known.refusedSession() != null) {
      SessionRefusal.write(known, request, response);
    } else if (SessionRefusal.ofHandshake(known, request, response)) {
      return;
    } else if (BoundRequest.wraps(request, known)) {
      chain.doFilter(request, response);
    } else {
      BoundResponse bound = new BoundResponse(response, known);
      chain.doFilter(new BoundRequest(request, known, response, bound), bound);
    }
  }
}
