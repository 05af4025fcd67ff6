package dev.holdfast.servlet;

import org.junit.jupiter.api.Tag;

/** The target of requests over Undertow. */
@Tag("verify")
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

  @Override
  public String ofThreeDispatches() {
    return RawHttp.REFUSED;
  }
}
