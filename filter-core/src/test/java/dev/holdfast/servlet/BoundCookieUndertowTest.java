package dev.holdfast.servlet;

import org.junit.jupiter.api.Tag;

/** Bound cookies over Undertow. */
@Tag("verify")
class BoundCookieUndertowTest extends BoundCookieContract {
  BoundCookieUndertowTest() {
    super(UndertowServer::start);
  }
}
