package dev.tutti.core.surface;

/** The HTTP methods that endpoints use. */
public enum Method {
  GET,
  POST,
  PUT,
  DELETE
}
