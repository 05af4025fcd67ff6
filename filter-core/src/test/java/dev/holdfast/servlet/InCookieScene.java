package dev.holdfast.servlet;

/** Cases that play in {@link CookieScene}. */
interface InCookieScene {
  CookieScene scene();
}
