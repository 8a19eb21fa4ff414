package dev.tutti.core.surface;

import dev.tutti.core.store.DocumentKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One route of a surface, with all that the API reference says about it.
 *
 * @param path below the base of the surface; parameters in braces, such as {@code /models/{id}}
 * @param summary one sentence for the API reference
 * @param role the least role that may call it
 * @param request body it takes, {@code Void.class} for none
 * @param response body it answers with on success, {@code Void.class} for none
 * @param contract what it promises beyond that
 * @param subject the document that it shows or changes; null when it is not about one
 */
public record Endpoint(
    Method method,
    String path,
    String summary,
    Role role,
    Class<?> request,
    Class<?> response,
    Handler handler,
    Contract contract,
    @Nullable Subject subject) {

  public Endpoint {
    for (Parameter parameter : contract.parameters()) {
      if (parameter.place() == Parameter.Place.PATH
          && !path.contains("{" + parameter.name() + "}")) {
        throw new IllegalArgumentException(
            "The path %s has no parameter '%s'.".formatted(path, parameter.name()));
      }
    }
  }

  /** A route that promises nothing beyond its types. */
  public Endpoint(
      Method method,
      String path,
      String summary,
      Role role,
      Class<?> request,
      Class<?> response,
      Handler handler) {
    this(method, path, summary, role, request, response, handler, Contract.PLAIN, null);
  }

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
    return new Endpoint(
        method, path, summary, least, request, response, handler, contract, subject);
  }

  /** The same, which takes these parameters as well. */
  public Endpoint with(Parameter... parameters) {
    return with(List.of(parameters));
  }

  /** The same, which takes these parameters as well. */
  public Endpoint with(List<Parameter> parameters) {
    return promising(contract.with(parameters));
  }

  /**
   * The same, which succeeds with this status; 200 is meant where nothing is said, or 204 where
   * there is no body. Said again, it adds a status.
   *
   * @param description when it is given, as a sentence
   */
  public Endpoint answering(int status, String description) {
    return promising(contract.answering(new Contract.Outcome(status, description)));
  }

  /** The same, whose answer is a page of such items. */
  public Endpoint listing(Class<? extends Record> item) {
    return promising(contract.listing(item));
  }

  /**
   * The same, whose answer is one page of such items; the handler has a {@link Listing} cut it.
   *
   * @param filters which items to list
   */
  public Endpoint paged(Class<? extends Record> item, List<Parameter> filters) {
    return promising(contract.listing(item).with(filters).with(Listing.PARAMETERS))
        .refusing(400, "cursor-invalid")
        .refusing(400, "invalid-query")
        .sending("Link", "The next page, if there is one, as `rel=\"next\"`.");
  }

  /** The same, which answers with this media type, beside its record if it has one. */
  public Endpoint giving(String mediaType) {
    return promising(contract.giving(new Contract.Content(mediaType, Void.class)));
  }

  /** The same, which answers with server-sent events of such data to those who accept them. */
  public Endpoint streaming(Class<? extends Record> data) {
    return promising(contract.giving(new Contract.Content("text/event-stream", data)));
  }

  /** The same, which may answer with this problem; those of the edge need no mention. */
  public Endpoint refusing(int status, String code) {
    return promising(contract.refusing(new Contract.Refused(status, code)));
  }

  /** The same, which leaves a decision to an owner, who may be in quarantine. */
  public Endpoint deciding() {
    return refusing(409, "owner-stuck")
        .refusing(409, "message-skipped")
        .refusing(500, "outcome-unknown");
  }

  /** The same, whose answers of success carry this header field. */
  public Endpoint sending(String field, String description) {
    return promising(contract.sending(new Contract.Field(field, description)));
  }

  /**
   * The same, which is about the document whose id is a parameter of the path: shown, it has an
   * {@code ETag} and can be waited for; changed, {@code If-Match} is honoured.
   */
  public Endpoint about(DocumentKind<?> kind, String parameter) {
    return new Endpoint(
        method,
        path,
        summary,
        role,
        request,
        response,
        handler,
        contract,
        new Subject(kind, parameter));
  }

  private Endpoint promising(Contract other) {
    return new Endpoint(method, path, summary, role, request, response, handler, other, subject);
  }

  /** Handles a request, blocking as long as it takes, on a virtual thread. */
  @FunctionalInterface
  public interface Handler {
    Answer handle(Request request) throws InterruptedException;
  }
}
