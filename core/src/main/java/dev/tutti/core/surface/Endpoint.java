package dev.tutti.core.surface;

/**
 * One route of a surface.
 *
 * @param path below the base of the surface; parameters in braces, such as {@code /models/{id}}
 * @param summary one sentence for the API reference
 * @param role the least role that may call it
 * @param request body it takes, {@code Void.class} for none
 * @param response body it answers with on success, {@code Void.class} for none
 */
public record Endpoint(
    Method method,
    String path,
    String summary,
    Role role,
    Class<?> request,
    Class<?> response,
    Handler handler) {

  public static Endpoint get(String path, String summary, Class<?> response, Handler handler) {
    return new Endpoint(Method.GET, path, summary, Role.VIEWER, Void.class, response, handler);
  }

  public static Endpoint post(
      String path, String summary, Class<?> request, Class<?> response, Handler handler) {
    return new Endpoint(Method.POST, path, summary, Role.OPERATOR, request, response, handler);
  }

  public static Endpoint put(
      String path, String summary, Class<?> request, Class<?> response, Handler handler) {
    return new Endpoint(Method.PUT, path, summary, Role.OPERATOR, request, response, handler);
  }

  public static Endpoint delete(String path, String summary, Handler handler) {
    return new Endpoint(
        Method.DELETE, path, summary, Role.OPERATOR, Void.class, Void.class, handler);
  }

  /** The same for another role than the usual one of its method. */
  public Endpoint only(Role least) {
    return new Endpoint(method, path, summary, least, request, response, handler);
  }

  /** Handles a request, blocking as long as it takes, on a virtual thread. */
  @FunctionalInterface
  public interface Handler {
    Answer handle(Request request) throws InterruptedException;
  }
}
