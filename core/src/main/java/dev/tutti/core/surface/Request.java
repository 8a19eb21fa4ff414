package dev.tutti.core.surface;

import java.util.Optional;

/** A request as an endpoint sees it. */
public interface Request {

  /** The value of a path parameter, percent-decoded. */
  String path(String parameter);

  /** The first value of a query parameter. */
  Optional<String> query(String parameter);

  /** The value of a header; names are compared without case. */
  Optional<String> header(String name);

  /**
   * The JSON body, read strictly.
   *
   * @throws dev.tutti.core.Failure.Rejected naming all that is wrong with it
   */
  <T extends Record> T body(Class<T> type);

  /**
   * A query parameter as a whole number within bounds.
   *
   * @throws dev.tutti.core.Failure.Rejected when it is no number or out of bounds
   */
  int number(String parameter, int otherwise, int min, int max);
}
