package dev.holdfast.spring.answers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** Whoever challenges for Bearer offers DPoP too, once (RFC 9449 section 7.1). */
class SchemeOfferTest {
  private static final String OFFER = "DPoP algs=\"ES256\"";

  private final MockHttpServletResponse sent = new MockHttpServletResponse();
  private final HttpServletResponse response = new SchemeOffer(sent, List.of(OFFER), null);

  private void assertSent(String... challenges) {
    assertThat(sent.getHeaders("WWW-Authenticate")).containsExactly(challenges);
  }

  @Test
  void aChallengeThatIsSetIsFollowedByTheOffer() {
    response.setHeader("WWW-Authenticate", "Bearer realm=\"api\"");
    assertSent("Bearer realm=\"api\"", OFFER);
  }

  @Test
  void aChallengeThatIsAddedIsFollowedByTheOffer() {
    response.addHeader("WWW-Authenticate", "Basic");
    assertSent("Basic");
    response.addHeader("WWW-Authenticate", "Bearer");
    assertSent("Basic", "Bearer", OFFER);
  }

  @Test
  void theOfferIsMadeOnce() {
    response.addHeader("WWW-Authenticate", "Bearer");
    response.addHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    response.addHeader("WWW-Authenticate", OFFER); // Holdfast's own entry point says it as well
    assertSent("Bearer", OFFER, "Bearer error=\"invalid_token\"");
  }

  @Test
  void anOfferOfTheApplicationsOwnStands() {
    response.addHeader("WWW-Authenticate", "dpop algs=\"EdDSA\"");
    response.addHeader("WWW-Authenticate", "Bearer");
    assertSent("dpop algs=\"EdDSA\"", "Bearer");
  }

  @Test
  void namesOfFieldsAndSchemesAreTakenInEitherCase() {
    response.addHeader("www-authenticate", "bearer");
    assertSent("bearer", OFFER);
  }

  @Test
  void theMetadataOfAChallengeForBearerIsHoldfasts_C40() {
    String address = "https://api.example/.well-known/oauth-protected-resource";
    String parameter = "resource_metadata=\"" + address + '"';
    HttpServletResponse described = new SchemeOffer(sent, List.of("DPoP " + parameter), address);
    described.setHeader("WWW-Authenticate", "Bearer resource_metadata=\"https://evil\"");
    described.addHeader("www-authenticate", "Bearer resource_metadata=\"https://evil\"");
    described.addHeader("WWW-Authenticate", "Basic realm=\"x\"");
    assertSent("Bearer " + parameter, "DPoP " + parameter, "Basic realm=\"x\"");
  }

  @Test
  void otherFieldsStayAsTheyAre() {
    response.addHeader("Via", "Bearer");
    response.addHeader("Via", "Bearer");
    assertThat(sent.getHeaders("Via")).containsExactly("Bearer", "Bearer");
    assertSent();
  }
}
