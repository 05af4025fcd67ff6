package dev.holdfast.servlet;

/** Bound cookies over Undertow. */
class BoundCookieUndertowTest extends BoundCookieContract {
  BoundCookieUndertowTest() {
    super(UndertowServer::start);
  }
}
