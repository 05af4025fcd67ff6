package dev.holdfast.servlet;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.RequestEvidence;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.RolesFrom;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.CorsSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.sources.SettingsSources;
import dev.holdfast.http.challenge.Challenge;
import dev.holdfast.http.challenge.Challenges;
import dev.holdfast.internal.Given;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.servlet.registration.HandshakeOrder;
import dev.holdfast.servlet.registration.JettyCompliance;
import dev.holdfast.servlet.registration.MappedDispatchers;
import dev.holdfast.servlet.registration.MappedPaths;
import dev.holdfast.servlet.registration.Mappings;
import dev.holdfast.servlet.registration.QuarkusExtensions;
import dev.holdfast.servlet.registration.UndertowFiles;
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
 * Lets a request through only when its access token is valid and the caller proved the key that the
 * token was issued to. Everything else is answered with a {@link Challenge}, and the chain is not
 * called.
 *
 * <p>Every request that it is mapped to needs a token: leave public paths out of the mapping. It
 * decides once per request, by the path that the client asked for; forward, include, error and
 * async dispatches reuse the decision, and one that reaches the filter undecided is decided there.
 * Within an include a refusal cannot become a status: the included resource is not called and adds
 * nothing.
 *
 * <p>The paths of {@code rules} are below the context path. A rule whose paths lie outside what
 * this filter is mapped to, or begin with the context path, is named in the log at start, since it
 * never applies, or hardly ever.
 *
 * <p>Made in code by {@link #builder()}, or by the container through the public constructor with
 * the properties as init parameters. A setting that cannot be safe stops the start with {@link
 * InvalidSettingException}. What a bug throws propagates, and the request is not served.
 */
public final class HoldfastFilter implements Filter {
  private @Nullable BindingEnforcer enforcer;
  private EvidenceSource evidence = EvidenceSource.ofContainer();
  private @Nullable Challenges challenges;
  private @Nullable Assembly own;
  private CrossOrigin crossOrigin = new CrossOrigin(CorsSettings.none());
  private @Nullable HandshakeOrder order;
  private RolesFrom roles = RolesFrom.NONE;
  private MetadataPlace metadata = MetadataPlace.nowhere();
  private EventPlace events = EventPlace.nowhere();
  private boolean isOfContainer;
  private boolean refusesAll;

  /** For the container: the init parameters are the settings, with or without {@code holdfast.}. */
  public HoldfastFilter() {}

  /**
   * A filter of this enforcer, for edges that assemble their own. It believes no header and knows
   * no keying material.
   */
  public HoldfastFilter(BindingEnforcer enforcer) {
    this(enforcer, EvidenceSource.ofContainer());
  }

  /** A filter of this enforcer and this evidence, for edges that assemble their own. */
  public HoldfastFilter(BindingEnforcer enforcer, EvidenceSource evidence) {
    this.enforcer = enforcer;
    this.evidence = evidence;
    this.challenges = new Challenges(enforcer);
  }

  HoldfastFilter(Assembly assembly, EnforcementListener listener) {
    this(assembly.enforcer(assembly.tokens(), listener), EvidenceSource.of(assembly, listener));
    this.own = assembly;
    this.crossOrigin = new CrossOrigin(assembly.settings().cors());
    this.roles = assembly.settings().rolesFrom();
    this.metadata = MetadataPlace.of(assembly, evidence);
    this.events = EventPlace.of(assembly);
  }

  /** Settings in code. */
  public static HoldfastFilterBuilder builder() {
    return new HoldfastFilterBuilder();
  }

  /**
   * Registers this filter before all others that {@code web.xml} declares, for every dispatcher
   * type, with async support. If it serves metadata or takes security events, it is mapped to their
   * places as well.
   *
   * <p>A browser's preflight carries no credential, so that it is refused before a CORS filter of
   * the application can answer it. Set {@code cors.allowed-origins}, and Holdfast answers it; or
   * let your CORS filter stand first by {@link #registerAfter}.
   *
   * @param urlPatterns what to protect, for example {@code /api/*}; at least one
   * @throws IllegalStateException when the context has a filter called {@code holdfast} already
   * @throws IllegalArgumentException when no pattern is given, or one is null
   */
  public void register(ServletContext context, String... urlPatterns) {
    requireMeaningful(urlPatterns);
    FilterRegistration.Dynamic registration = context.addFilter("holdfast", this);
    if (registration == null) {
      throw new IllegalStateException(
          "this context has a filter called holdfast already: register one filter with all URL"
              + " patterns, and use rules where they differ, or add this one by addFilter under"
              + " another name");
    }
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.allOf(DispatcherType.class), false, events.with(metadata.with(urlPatterns)));
  }

  private static void requireMeaningful(String... urlPatterns) {
    Given.all("a URL pattern", urlPatterns);
    if (urlPatterns.length == 0) {
      throw new IllegalArgumentException("name at least one URL pattern to protect");
    }
    MappedPaths.requireMeaningful(List.of(urlPatterns));
  }

  /**
   * The same, with one filter of the application before it: one that answers preflights.
   *
   * @param first the name of a filter that is registered in code and mapped to nothing yet; it gets
   *     the same patterns
   * @param urlPatterns what to protect; at least one
   * @throws IllegalStateException when there is no such filter, or when it has mappings: then
   *     declare both in {@code web.xml}, Holdfast's mapping behind the other's
   */
  public void registerAfter(ServletContext context, String first, String... urlPatterns) {
    FilterRegistration other = context.getFilterRegistration(first);
    if (other == null) {
      throw new IllegalStateException(
          "there is no filter called " + first + ": add it to the context before Holdfast");
    }
    if (!Mappings.paths(other).isEmpty() || !Mappings.servlets(other).isEmpty()) {
      throw new IllegalStateException(
          "the filter "
              + first
              + " has mappings, and some containers would call it twice: leave them to"
              + " registerAfter, or declare both filters in web.xml, Holdfast's mapping behind it");
    }
    requireMeaningful(urlPatterns);
    other.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, urlPatterns);
    register(context, urlPatterns);
  }

  @Override
  public void init(FilterConfig config) {
    refusesAll = false;
    try {
      configure(config);
      evidence.check(config.getServletContext());
      QuarkusExtensions.check(config.getServletContext(), config.getFilterName());
      order = HandshakeOrder.keep(config);
      MappedPaths paths = MappedPaths.of(config);
      MappedDispatchers dispatchers = MappedDispatchers.of(config);
      dispatchers.check(config.getFilterName());
      metadata.requireWithin(paths);
      events.requireWithin(paths);
      UndertowFiles.warnUnlessEverything(config.getServletContext(), paths, dispatchers);
      JettyCompliance.warnUnlessEverything(config.getServletContext(), paths, dispatchers);
      if (own != null) {
        paths.warnOfOthers(own.settings().rules(), config.getServletContext().getContextPath());
        own.logStart(); // last: whatever could stop the start has been looked at
      }
    } catch (RuntimeException | LinkageError refused) {
      destroy(); // a container does not, after a start that failed
      refusesAll = FailedStart.mustRefuseAll(config, refused);
      if (!refusesAll) {
        throw refused;
      }
    }
  }

  private void configure(FilterConfig config) {
    List<String> names = Collections.list(config.getInitParameterNames());
    if (enforcer == null) {
      Map<String, String> parameters = new HashMap<>();
      names.forEach(name -> parameters.put(name, config.getInitParameter(name)));
      List<String> ofContext = Collections.list(config.getServletContext().getInitParameterNames());
      HoldfastSettings settings =
          SettingsReader.readInitParameters(SettingsSources.of(parameters, ofContext).forTokens());
      isOfContainer = true;
      Assembly assembly = Assembly.of(settings, Clock.systemUTC());
      own = assembly;
      roles = settings.rolesFrom();
      evidence = EvidenceSource.of(assembly, EnforcementListener.silent());
      crossOrigin = new CrossOrigin(settings.cors());
      metadata = MetadataPlace.of(assembly, evidence);
      events = EventPlace.of(assembly);
      BindingEnforcer made = assembly.enforcer(assembly.tokens(), EnforcementListener.silent());
      challenges = new Challenges(made);
      enforcer = made;
    } else if (!names.isEmpty()) {
      throw new InvalidSettingException(
          names.get(0),
          "an init parameter for a filter that was configured in code",
          "Set it in code, or let the container make the filter");
    }
  }

  /**
   * Ends what this filter has put together itself; an edge ends its own parts. What {@link #init}
   * has read is forgotten, and it may read again.
   */
  @Override
  public void destroy() {
    if (order != null) {
      order.close();
      order = null;
    }
    Assembly ended = own;
    if (isOfContainer) {
      enforcer = null; // a request that comes all the same is refused
      own = null;
    }
    if (ended != null) {
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
      filter(evidence.admit(httpRequest), httpResponse, chain);
    } else {
      throw new ServletException("Holdfast understands HTTP requests only");
    }
  }

  private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      crossOrigin.expose(request, response);
      if (crossOrigin.answered(request, response)
          || metadata.answered(request, response)
          || events.answered(request, response)) {
        return;
      }
    }
    Decision decision = decide(request);
    if (decision instanceof Decision.Allowed allowed) {
      chain.doFilter(
          ConfirmedRequest.of(request, allowed, roles), AllowedResponse.of(allowed, response));
      return;
    }
    Challenges initialized = challenges;
    if (initialized == null) {
      throw new ServletException("the Holdfast filter was not initialised");
    }
    if (request.getDispatcherType() != DispatcherType.INCLUDE
        && decision instanceof Decision.Refused refused) {
      ChallengeWriter.write(initialized.of(refused, metadata.address(request)), response);
    }
  }

  private Decision decide(HttpServletRequest request) throws ServletException {
    BindingEnforcer initialized = enforcer;
    if (initialized == null) {
      throw new ServletException("the Holdfast filter was not initialised");
    }
    Decision known = TakenDecision.find(initialized, request);
    if (known != null) {
      return known;
    }
    RequestEvidence facts = evidence.evidence(request);
    Decision decision = TakenDecision.take(initialized, request, facts);
    if (decision instanceof Decision.Allowed allowed) {
      evidence.expose(request, facts, allowed);
    }
    return decision;
  }
}
