package dev.tutti.core.surface;

import dev.tutti.core.store.DocumentKind;

/**
 * A handler that makes a document each time it is called. When a request with a key had its effect
 * and the server ended before the answer was kept, the document is shown in place of making another
 * one.
 *
 * @param kind of the document
 */
public record Making(DocumentKind<?> kind, Endpoint.Handler handler, Shown shown)
    implements Endpoint.Handler {

  @Override
  public Answer handle(Request request) throws InterruptedException {
    return handler.handle(request);
  }

  /** What is answered about a document that was made. */
  @FunctionalInterface
  public interface Shown {
    Answer of(String id);
  }
}
