package dev.holdfast.examples.mcpserver;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;
import org.springframework.stereotype.Component;

/**
 * The server's one tool. It runs in the request's own thread, so that Spring Security knows who
 * calls.
 */
@Component
class WhoAmI {

  @McpTool(
      name = "whoami",
      description = "Says who calls, and which key the caller's access token is bound to",
      annotations =
          @McpTool.McpAnnotations(
              readOnlyHint = true,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  Caller whoami() {
    Authentication caller = SecurityContextHolder.getContext().getAuthentication();
    if (caller instanceof AbstractOAuth2TokenAuthenticationToken<?> token) {
      return Caller.of(token.getTokenAttributes());
    }
    throw new IllegalStateException("nobody has an access token here");
  }
}
