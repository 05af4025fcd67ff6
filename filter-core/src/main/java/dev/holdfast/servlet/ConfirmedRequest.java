package dev.holdfast.servlet;

import dev.holdfast.AccessToken;
import dev.holdfast.Decision;
import dev.holdfast.PresentedToken;
import dev.holdfast.configuration.RolesFrom;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;

/** The request as the application sees it: its user is the access token. */
final class ConfirmedRequest extends HttpServletRequestWrapper {
  private final AccessToken token;
  private final PresentedToken.Scheme scheme;
  private final RolesFrom roles;

  private ConfirmedRequest(HttpServletRequest request, Decision.Allowed allowed, RolesFrom roles) {
    super(request);
    this.token = allowed.token();
    this.scheme = allowed.scheme();
    this.roles = roles;
  }

  /** This request with that user; itself when a dispatch kept the wrapper. */
  static HttpServletRequest of(
      HttpServletRequest request, Decision.Allowed allowed, RolesFrom roles) {
    return request instanceof ServletRequestWrapper wrapper && carries(wrapper, allowed.token())
        ? request
        : new ConfirmedRequest(request, allowed, roles);
  }

  private static boolean carries(ServletRequestWrapper outermost, AccessToken token) {
    ServletRequest layer = outermost;
    while (layer instanceof ServletRequestWrapper wrapper) {
      if (wrapper instanceof ConfirmedRequest confirmed) {
        return confirmed.token == token;
      }
      layer = wrapper.getRequest();
    }
    return false;
  }

  @Override
  public Principal getUserPrincipal() {
    return token;
  }

  @Override
  public String getRemoteUser() {
    return token.getName();
  }

  /** The scheme that the token was presented under, such as {@code Bearer}. */
  @Override
  public String getAuthType() {
    return scheme.text();
  }

  /** By default no user has a role: scopes are what a client may do. */
  @Override
  public boolean isUserInRole(String role) {
    return roles.grants(token, role);
  }

  @Override
  public AsyncContext startAsync() {
    requireAsyncSupport();
    return super.startAsync();
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    requireAsyncSupport();
    return super.startAsync(request, response);
  }

  private void requireAsyncSupport() {
    if (!isAsyncSupported()) {
      throw new IllegalStateException(
          "the request cannot go async: the Holdfast filter, or another filter or servlet of this"
              + " chain, is registered without asyncSupported=true");
    }
  }
}
