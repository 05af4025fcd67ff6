package dev.holdfast.servlet;

import dev.holdfast.AccessToken;
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

  private ConfirmedRequest(HttpServletRequest request, AccessToken token) {
    super(request);
    this.token = token;
  }

  /** This request with that user; itself when a dispatch kept the wrapper. */
  static HttpServletRequest of(HttpServletRequest request, AccessToken token) {
    return request instanceof ServletRequestWrapper wrapper && carries(wrapper, token)
        ? request
        : new ConfirmedRequest(request, token);
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

  @Override
  public String getAuthType() {
    return "Bearer";
  }

  /** A token brings scopes, which are what a client may do, and no roles of its user. */
  @Override
  public boolean isUserInRole(String role) {
    return false;
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
