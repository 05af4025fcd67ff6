package dev.holdfast.examples.springboot3api;

import dev.holdfast.AccessToken;
import dev.holdfast.Binding;
import dev.holdfast.servlet.exporter.HoldfastAttributes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints. Nothing in them knows how a token is protected. */
@RestController
class ApiController {

  @GetMapping("/me")
  Caller me(
      AbstractOAuth2TokenAuthenticationToken<?> caller,
      @RequestAttribute(name = HoldfastAttributes.ACCESS_TOKEN, required = false)
          @Nullable AccessToken token,
      @RequestAttribute(name = HoldfastAttributes.BINDING, required = false)
          @Nullable Binding binding) {
    return Caller.of(caller, token, binding);
  }

  @PostMapping("/payments")
  @ResponseStatus(HttpStatus.CREATED)
  Caller pay(
      AbstractOAuth2TokenAuthenticationToken<?> caller,
      @RequestAttribute(name = HoldfastAttributes.ACCESS_TOKEN, required = false)
          @Nullable AccessToken token,
      @RequestAttribute(name = HoldfastAttributes.BINDING, required = false)
          @Nullable Binding binding) {
    return Caller.of(caller, token, binding);
  }

  @GetMapping("/public/ping")
  String ping() {
    return "pong";
  }
}
