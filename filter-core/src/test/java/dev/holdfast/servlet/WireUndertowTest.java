package dev.holdfast.servlet;

/** The target of requests over Undertow. */
class WireUndertowTest extends WireContract {
  WireUndertowTest() {
    super(UndertowServer::start);
  }

  @Override
  public String ofHostAlone() {
    return RawHttp.REFUSED;
  }

  @Override
  public String ofAnotherHost() {
    return "api";
  }
}
