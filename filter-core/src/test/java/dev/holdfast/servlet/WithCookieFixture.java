package dev.holdfast.servlet;

/** Cases that need a {@link CookieFixture}. */
interface WithCookieFixture {
  CookieFixture fixture();
}
