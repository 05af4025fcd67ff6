package dev.holdfast.configuration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The row of one setting, on the record component that holds it. The component's type says how its
 * text is read, and its {@code @param} is the description. A text without a row must be written; a
 * list without one is empty by default.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** The default as people write it; empty: null where nothing is written. */
  String value() default "";

  /** The last part of its name; empty: the component's name with dashes. */
  String name() default "";

  /** The least that a number or a duration may be, as people write it. */
  String least() default "";

  /** The most that a number or a duration may be. */
  String most() default "";

  /** What a duration is counted in. */
  Step step() default Step.ANY;

  /** What a refusal says that one should write; empty: all words of the type. */
  String expected() default "";

  /** Words that only a later version takes. */
  String[] later() default {};

  /** What a duration is counted in. */
  enum Step {
    /** Any fraction of a second. */
    ANY,
    /** Whole seconds. */
    SECONDS
  }

  /** Marks what an edge may give and nobody can write; null where it gives nothing. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface OfEdge {}

  /** Marks a record whose settings are named as if they were components of the outer record. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Inline {}
}
