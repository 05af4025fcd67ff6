package dev.holdfast.spring.answers;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.Refusal;
import dev.holdfast.http.challenge.Challenges;
import dev.holdfast.servlet.ChallengeWriter;
import dev.holdfast.servlet.MetadataPlace;
import dev.holdfast.servlet.evidence.EvidenceSource;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/**
 * Says on Holdfast's own chains what the plain filter says: headers, a status, and no error page.
 */
public final class ChallengeEntryPoint implements AuthenticationEntryPoint {
  private final BindingEnforcer enforcer;
  private final Challenges challenges;
  private final EvidenceSource source;
  private final MetadataPlace metadata;

  public ChallengeEntryPoint(
      BindingEnforcer enforcer, EvidenceSource source, MetadataPlace metadata) {
    this.enforcer = enforcer;
    this.challenges = new Challenges(enforcer);
    this.source = source;
    this.metadata = metadata;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException cause) {
    Refusal refusal =
        cause instanceof OAuth2AuthenticationException
            ? Refusal.INVALID_TOKEN
            : Refusal.NO_CREDENTIALS;
    ChallengeWriter.write(
        challenges.of(
            refusal, enforcer.question(source.evidence(request)), metadata.address(request)),
        response);
  }
}
