/** What is demanded of each request, by rules: {@link dev.holdfast.policy.BindingPolicy}. */
@NullMarked
package dev.holdfast.policy;

import org.jspecify.annotations.NullMarked;
