package org.springframework.grpc.server.security;

/** Stands in for Spring gRPC's class of this name, which is not on this class path. */
public class AuthenticationProcessInterceptor {}
