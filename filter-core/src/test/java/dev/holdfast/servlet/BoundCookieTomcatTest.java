package dev.holdfast.servlet;

/** Bound cookies over Tomcat. */
class BoundCookieTomcatTest extends BoundCookieContract {
  BoundCookieTomcatTest() {
    super(TomcatServer::start);
  }
}
