package dev.tutti.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of a record may be, for the API reference. Whoever reads a request judges it;
 * the contract test holds both against each other.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Allowed {

  /** The only words there are; none for any. */
  String[] words() default {};

  /** What the whole text matches, as a regular expression that JavaScript reads as well. */
  String pattern() default "";

  /** Fewest characters of a text. */
  int shortest() default 0;

  /** Most characters of a text. */
  int longest() default Integer.MAX_VALUE;

  /** The least number. */
  long least() default Long.MIN_VALUE;

  /** The greatest number. */
  long most() default Long.MAX_VALUE;
}
