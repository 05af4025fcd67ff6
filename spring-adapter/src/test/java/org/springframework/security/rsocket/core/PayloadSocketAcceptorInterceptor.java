package org.springframework.security.rsocket.core;

/** Stands in for Spring Security's class of this name, which is not on this class path. */
public class PayloadSocketAcceptorInterceptor {}
