package dev.holdfast.spring.scope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class AllowedTokenTest {

  @AfterEach
  void forget() {
    RequestContextHolder.resetRequestAttributes();
  }

  /** A thread of a pool may have inherited it. */
  @Test
  void aRequestThatHasEndedHasNone() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    ServletRequestAttributes attributes = new ServletRequestAttributes(request);
    RequestContextHolder.setRequestAttributes(attributes);
    AllowedToken.note(request, "a-token");
    assertThat(AllowedToken.is("a-token")).isTrue();
    assertThat(AllowedToken.is("another")).isFalse();

    attributes.requestCompleted();
    assertThat(AllowedToken.is("a-token")).isFalse();
  }
}
