/**
 * What holds while a token is verified and its binding is not confirmed: {@link
 * dev.holdfast.spring.scope.VerificationScope} keeps every result from everyone, and {@link
 * dev.holdfast.spring.scope.ConfirmedOnce} decides. Nothing of it may reach a session or the
 * application's security context. Not for applications: it may change with every release.
 */
@NullMarked
package dev.holdfast.spring.scope;

import org.jspecify.annotations.NullMarked;
